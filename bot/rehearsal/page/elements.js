// The interactive elements by their type: buttons, overflow menus, dates and hours; the choices and text fields live apart.

import { act } from "./acting.js";
import { checkboxes, radios } from "./choices.js";
import { h, safeUrl } from "./dom.js";
import { keepField, named } from "./fields.js";
import { fileInput } from "./fileinput.js";
import { menuButton } from "./menu.js";
import { select } from "./selects.js";
import { textInput } from "./textfields.js";
import { text } from "./texts.js";
import { zoneOffset } from "./times.js";
import { say } from "./words.js";

const DRAWN = {
  button, workflow_button: button, overflow, checkboxes, radio_buttons: radios,
  datepicker: (one, place) => dated(one, place, "date", "selected_date", one.initial_date),
  timepicker: (one, place) => dated(one, place, "time", "selected_time", one.initial_time),
  datetimepicker: moment,
  plain_text_input: textInput, rich_text_input: textInput, number_input: textInput,
  email_text_input: textInput, url_text_input: textInput, file_input: fileInput,
};

/** The node of element `one`. `place`: {container, blockId, ask?, dispatch}; with `ask` it is the answer to a question. */
export function element(one, place) {
  if (/_select$/.test(one.type)) return select(one, place);
  const draw = Object.hasOwn(DRAWN, one.type) ? DRAWN[one.type] : null;
  return draw ? draw(one, place) : h("span", { class: "quiet" }, say("not_drawn", { type: one.type }));
}

function button(one, place) {
  const shared = {
    class: `button ${one.style ?? ""}`, "aria-label": one.accessibility_label, data: { handle: handle(one, place) },
    on: { click: () => act(one, place, { value: one.value ?? null, text: one.text }, node) },
  };
  const href = safeUrl(one.url);
  const node = href
    ? h("a", { ...shared, href, target: "_blank", rel: "noopener noreferrer" }, text(one.text))
    : h("button", { ...shared, type: "button" }, text(one.text));
  return node;
}

const handle = (one, place) => `${place.blockId}/${one.action_id}`;

function overflow(one, place) {
  const items = one.options.map((option) => ({
    label: text(option.text), description: option.description?.text, href: safeUrl(option.url),
    act: () => act(one, place, { selected_option: option }, node.firstElementChild),
  }));
  const node = menuButton({ name: say("options"), sign: "⋯", items, handle: handle(one, place) });
  return node;
}

/** A date or hour field; in a message it is sent when left or when Enter is pressed, not at every digit typed. */
function dated(one, place, type, key, initial) {
  const input = h("input", { type, value: initial ?? "", data: { handle: handle(one, place) }, ...named(one, place) });
  let sent = input.value;
  const send = async () => {
    if (!place.dispatch || input.value === sent) return;
    sent = input.value;
    await act(one, place, read(), input);
  };
  const read = () => ({ [key]: input.value || null });
  input.addEventListener("blur", send);
  input.addEventListener("keydown", (event) => event.key === "Enter" && send());
  const problem = () => (place.ask?.required && !input.value ? say("required") : "");
  return keepField(input, one, { read, write: (value) => (input.value = value[key] ?? ""), problem });
}

function moment(one, place) {
  const seconds = one.initial_date_time;
  const local = (at) => new Date((at + zoneOffset(new Date(at * 1000))) * 1000).toISOString().slice(0, 16);
  const node = dated({ ...one }, place, "datetime-local", "local", seconds ? local(seconds) : "");
  const read = () => {
    const wall = Date.parse(`${node.value}:00Z`) / 1000;
    return { selected_date_time: node.value ? wall - zoneOffset(new Date(wall * 1000)) : null };
  };
  const write = (value) => (node.value = value.selected_date_time ? local(value.selected_date_time) : "");
  return keepField(node, one, { read, write, problem: () => (place.ask?.required && !node.value ? say("required") : "") });
}
