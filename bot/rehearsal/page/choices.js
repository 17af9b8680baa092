// Checkboxes and radio buttons.

import { act } from "./acting.js";
import { freshId, h } from "./dom.js";
import { keepField } from "./fields.js";
import { text } from "./texts.js";
import { say } from "./words.js";

/** Any number of the options. */
export function checkboxes(one, place) {
  const initial = (one.initial_options ?? []).map((option) => option.value);
  return group(one, place, "checkbox", initial, {
    read: (chosen) => ({ selected_options: chosen }),
    values: (state) => (state.selected_options ?? []).map((option) => option.value),
  });
}

/** One of the options. */
export function radios(one, place) {
  const initial = one.initial_option ? [one.initial_option.value] : [];
  return group(one, place, "radio", initial, {
    read: (chosen) => ({ selected_option: chosen[0] ?? null }),
    values: (state) => (state.selected_option ? [state.selected_option.value] : []),
  });
}

function group(one, place, type, initial, { read, values }) {
  const name = freshId("choice");
  const boxes = one.options.map((option) => box(type, name, initial.includes(option.value), place, option));
  const chosen = () => one.options.filter((_, index) => boxes[index].checked);
  const role = type === "radio" ? "radiogroup" : "group";
  const about = place.ask ? { "aria-labelledby": place.ask.labelId } : { "aria-label": place.words ?? say("options") };
  const node = h(
    "div",
    { class: "choices", role, ...about, on: { change: (event) => place.dispatch && act(one, place, read(chosen()), event.target) } },
    one.options.map((option, index) => line(option, boxes[index])),
  );
  const write = (state) => boxes.forEach((each, at) => (each.checked = values(state).includes(one.options[at].value)));
  const problem = () => (place.ask?.required && !chosen().length ? say("required") : "");
  return keepField(node, one, { read: () => read(chosen()), write, problem });
}

function box(type, name, checked, place, option) {
  const data = { handle: `${place.blockId}/${option.value}` };
  return h("input", { type, name, checked, "aria-describedby": place.ask?.describedBy, data });
}

function line(option, input) {
  return h("label", {}, input, h("span", {}, text(option.text), option.description && h("small", {}, text(option.description))));
}
