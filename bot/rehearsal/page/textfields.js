// The fields where one writes, with their counter and their checks.

import { act } from "./acting.js";
import { h } from "./dom.js";
import { keepField, named } from "./fields.js";
import { plainOf } from "./richtext.js";
import { say } from "./words.js";

const TYPES = { number_input: "text", email_text_input: "email", url_text_input: "url" };

/** The fields where one writes. */
export function textInput(one, place) {
  const long = one.multiline || one.type === "rich_text_input";
  const rich = one.type === "rich_text_input";
  const initial = rich ? plainOf(one.initial_value) : one.initial_value ?? "";
  const data = { handle: `${place.blockId}/${one.action_id}` };
  const about = { ...named(one, place), data };
  const input = long
    ? h("textarea", { ...about, rows: rich ? 6 : 4, value: initial })
    : h("input", { ...about, type: TYPES[one.type] ?? "text", value: initial, inputmode: one.type === "number_input" ? "decimal" : null });
  const counter = one.max_length && h("p", { class: "counter" });
  const node = h("div", { class: "text" }, input, counter);
  const count = () => counter && showCount(counter, input.value.length, one.max_length);
  input.addEventListener("input", count);
  if (place.dispatch) dispatching(one, place, input);
  count();
  const write = (state) => {
    input.value = rich ? plainOf(state.rich_text_value) : state.value ?? "";
    count();
  };
  return keepField(node, one, { read: () => stateOf(one, input.value), write, problem: () => problemOf(one, place, input.value) });
}

function stateOf(one, value) {
  if (one.type !== "rich_text_input") return { value: value || null };
  const section = { type: "rich_text_section", elements: [{ type: "text", text: value }] };
  return { rich_text_value: value ? { type: "rich_text", elements: [section] } : null };
}

function showCount(counter, used, max) {
  counter.hidden = used < max * 0.7 && max > 300;
  counter.textContent = say("count", { used, max });
  counter.classList.toggle("over", used > max);
}

/** Send on Enter, or while typing once the hand rests, as the element's dispatch_action_config says. */
function dispatching(one, place, input) {
  const when = one.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  let rest = 0;
  const send = () => act(one, place, stateOf(one, input.value), input);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || !when.includes("on_enter_pressed")) return;
    event.preventDefault();
    send();
  });
  if (when.includes("on_character_entered")) input.addEventListener("input", () => {
    clearTimeout(rest);
    rest = setTimeout(send, 400);
  });
}

const CHECKS = {
  email_text_input: (value) => (/^[^\s@]+@[^\s@]+$/.test(value) ? "" : say("not_email")),
  url_text_input: (value) => (/^https?:\/\/\S+$/.test(value) ? "" : say("not_url")),
  number_input: (value) => (/^-?\d+([.,]\d+)?$/.test(value) ? "" : say("not_number")),
};

function problemOf(one, place, value) {
  if (!value.trim()) return place.ask?.required ? say("required") : "";
  if (one.max_length && value.length > one.max_length) {
    return say("too_long", { over: value.length - one.max_length, max: one.max_length });
  }
  if (one.min_length && value.length < one.min_length) return say("too_short", { min: one.min_length });
  return CHECKS[one.type]?.(value) ?? "";
}
