// A question of a form: label, field, hint, and the place where an error is told.

import { freshId, h } from "./dom.js";
import { element } from "./elements.js";
import { text } from "./texts.js";
import { say } from "./words.js";

const GROUPS = ["checkboxes", "radio_buttons"];

/** An input block. */
export function question(block, place) {
  const id = freshId("field");
  const ids = { label: `${id}-label`, hint: `${id}-hint`, error: `${id}-error` };
  const describedBy = block.hint ? `${ids.hint} ${ids.error}` : ids.error;
  const ask = { id, labelId: ids.label, describedBy, required: !block.optional };
  const optional = block.optional && h("span", { class: "quiet" }, " ", say("optional"));
  const isGroup = GROUPS.includes(block.element.type);
  return [
    h(isGroup ? "div" : "label", { class: "label", id: ids.label, for: isGroup ? null : id }, text(block.label), optional),
    element(block.element, { ...place, ask, dispatch: block.dispatch_action === true }),
    block.hint && h("p", { class: "hint", id: ids.hint }, text(block.hint)),
    h("p", { class: "error", id: ids.error, role: "alert", hidden: true }),
  ];
}
