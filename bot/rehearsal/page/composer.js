// Where one writes: Enter sends, "/" offers the commands, a refusal is told beside it and the text stays.

import * as api from "./api.js";
import { completion } from "./completion.js";
import { h } from "./dom.js";
import { menuButton } from "./menu.js";
import { refusalWords } from "./refusals.js";
import { refresh, session } from "./state.js";
import { say } from "./words.js";

const drafts = new Map();

/** A composer for `channel` (and thread `thread`), called `name`; only outside threads can commands be typed. */
export function composer({ channel, thread = null, name, id }) {
  const refusal = h("p", { class: "refusal", role: "alert", hidden: true });
  const area = h("textarea", { id, rows: "1", "aria-label": name, placeholder: name, autocomplete: "off", data: { handle: id } });
  const draftKey = `${session.as} ${channel} ${thread ?? ""}`;
  area.value = drafts.get(draftKey) ?? "";
  const send = () => sendText({ area, refusal, channel, thread, draftKey });
  const offered = thread ? null : completion(area);
  area.addEventListener("keydown", (event) => {
    if (offered?.onKey(event) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  area.addEventListener("input", () => {
    drafts.set(draftKey, area.value);
    refusal.hidden = true;
    grow(area);
  });
  return h(
    "form",
    { class: "composer", on: { submit: (event) => { event.preventDefault(); send(); } } },
    refusal,
    h("div", { class: "box" }, thread ? null : shortcuts(), area,
      h("button", { type: "submit", class: "primary" }, say("send")), offered?.list),
    thread ? null : h("p", { class: "hint" }, say("composer_hint")),
  );
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, 180)}px`;
}

async function sendText({ area, refusal, channel, thread, draftKey }) {
  const text = area.value.trim();
  if (!text || area.getAttribute("aria-busy") === "true") return;
  area.setAttribute("aria-busy", "true");
  refusal.hidden = true;
  try {
    await api.say(session.as, channel, text, thread);
    if (area.value.trim() === text) area.value = "";
    drafts.set(draftKey, area.value);
    grow(area);
  } catch (problem) {
    refusal.textContent = refusalWords(problem, text.startsWith("/") ? text.split(/\s/)[0] : say("send"));
    refusal.hidden = false;
  }
  area.removeAttribute("aria-busy");
  await refresh();
}

function shortcuts() {
  const items = session.server.app.shortcuts.filter((each) => each.type === "global").map((each) => ({
    label: each.name, description: session.server.app.name,
    act: () => api.shortcut({ as: session.as, callback_id: each.callback_id }).catch(() => {}).then(() => refresh()),
  }));
  return items.length ? menuButton({ name: say("shortcuts"), sign: "+", items, handle: "shortcuts" }) : null;
}
