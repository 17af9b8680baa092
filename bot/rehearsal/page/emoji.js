// Shortcodes in common use as Unicode; the others stay as they were written, as in a workspace that lacks them.

const EMOJI = {
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", warning: "⚠️", no_entry: "⛔",
  no_entry_sign: "🚫", red_circle: "🔴", large_red_circle: "🔴", large_green_circle: "🟢", large_yellow_circle: "🟡",
  large_orange_circle: "🟠", large_blue_circle: "🔵", white_circle: "⚪", black_circle: "⚫", large_purple_circle: "🟣",
  large_green_square: "🟩", large_yellow_square: "🟨", large_orange_square: "🟧", large_red_square: "🟥",
  white_large_square: "⬜", black_large_square: "⬛", hourglass: "⌛", hourglass_flowing_sand: "⏳", alarm_clock: "⏰",
  stopwatch: "⏱️", clock4: "🕓", memo: "📝", pencil: "📝", pencil2: "✏️", calendar: "📆", date: "📅",
  spiral_calendar_pad: "🗓️", pushpin: "📌", round_pushpin: "📍", bell: "🔔", no_bell: "🔕", inbox_tray: "📥",
  outbox_tray: "📤", package: "📦", envelope: "✉️", email: "✉️", incoming_envelope: "📨", mailbox: "📫",
  speech_balloon: "💬", mega: "📣", loudspeaker: "📢", clipboard: "📋", page_facing_up: "📄", page_with_curl: "📃",
  bookmark_tabs: "📑", bar_chart: "📊", chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", card_index: "📇",
  file_folder: "📁", open_file_folder: "📂", card_file_box: "🗃️", file_cabinet: "🗄️", paperclip: "📎", link: "🔗",
  mag: "🔍", mag_right: "🔎", lock: "🔒", unlock: "🔓", key: "🔑", gear: "⚙️", wrench: "🔧", hammer_and_wrench: "🛠️",
  bulb: "💡", question: "❓", grey_question: "❔", exclamation: "❗", heavy_exclamation_mark: "❗", information_source: "ℹ️",
  arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", arrows_counterclockwise: "🔄", repeat: "🔁",
  leftwards_arrow_with_hook: "↩️", arrow_right_hook: "↪️", heavy_plus_sign: "➕", heavy_minus_sign: "➖", wastebasket: "🗑️",
  eyes: "👀", wave: "👋", thumbsup: "👍", "+1": "👍", thumbsdown: "👎", "-1": "👎", clap: "👏", raised_hands: "🙌", pray: "🙏",
  raised_hand: "✋", point_right: "👉", handshake: "🤝", tada: "🎉", sparkles: "✨", star: "⭐", fire: "🔥", rocket: "🚀",
  zzz: "💤", smile: "😄", slightly_smiling_face: "🙂", neutral_face: "😐", thinking_face: "🤔", sob: "😭", heart: "❤️",
  bust_in_silhouette: "👤", busts_in_silhouette: "👥", office: "🏢", classical_building: "🏛️", house: "🏠",
  globe_with_meridians: "🌐", earth_africa: "🌍", books: "📚", book: "📖", school: "🏫", hospital: "🏥", droplet: "💧",
  seedling: "🌱", moneybag: "💰", scales: "⚖️", shield: "🛡️", construction: "🚧", triangular_flag_on_post: "🚩",
  checkered_flag: "🏁", rotating_light: "🚨", small_blue_diamond: "🔹", small_orange_diamond: "🔸", black_small_square: "▪️",
  white_small_square: "▫️", one: "1️⃣", two: "2️⃣", three: "3️⃣", "flag-ml": "🇲🇱", "flag-fr": "🇫🇷", flag_ml: "🇲🇱", gb: "🇬🇧",
  fr: "🇫🇷", robot_face: "🤖", ok: "🆗", new: "🆕", sos: "🆘", soon: "🔜", back: "🔙", put_litter_in_its_place: "🚮",
  double_vertical_bar: "⏸️", arrow_forward: "▶️", black_square_for_stop: "⏹️", floppy_disk: "💾", crystal_ball: "🔮",
};

/** The sign for a shortcode, or the shortcode as written. */
export const emoji = (name) => EMOJI[name] ?? `:${name}:`;

/** Replace the known shortcodes in a plain text. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (_, name) => emoji(name));
