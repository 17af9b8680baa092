// The fields of a form or message: what they hold, how they are read, filled again, and told that something is wrong.

import { say } from "./words.js";

const held = new WeakMap();

/**
 * Make `node` the field of element `one`: `read()` gives Slack's state value without its type, `write(value)` puts one back,
 * `problem()` says in words what is wrong or gives "".
 */
export function keepField(node, one, { read, write, problem = () => "" }) {
  node.dataset.action = one.action_id;
  held.set(node, { type: one.type, read, write, problem });
  return node;
}

function fieldsIn(root) {
  return [...root.querySelectorAll("[data-action]")].filter((node) => held.has(node)).map((node) => ({
    node, block: node.closest("[data-block]").dataset.block, action: node.dataset.action, ...held.get(node),
  }));
}

/** {block_id: {action_id: {type, value | selected_option | …}}}, as in view.state.values. */
export function valuesIn(root) {
  const values = {};
  for (const { block, action, type, read } of fieldsIn(root)) (values[block] ??= {})[action] = { type, ...read() };
  return values;
}

/** Fill the fields that exist in `values` with the same block, action and type; the others keep what they have. */
export function fillAgain(root, values) {
  for (const { block, action, type, write } of fieldsIn(root)) {
    const value = values[block]?.[action];
    if (value?.type === type) write(value);
  }
}

/** {block_id: words} of what is wrong, before anything is sent. */
export function problemsIn(root) {
  const problems = fieldsIn(root).map(({ block, problem }) => [block, problem()]);
  return Object.fromEntries(problems.filter(([, words]) => words));
}

/** Show `errors` at their fields; returns the words that belong to no field shown. */
export function showErrors(root, errors) {
  for (const line of root.querySelectorAll(".error")) tell(line, "");
  const orphans = [];
  for (const [block, words] of Object.entries(errors)) {
    const line = root.querySelector(`[data-block="${CSS.escape(block)}"] .error`);
    if (line) tell(line, words);
    else orphans.push(words);
  }
  return orphans;
}

/** Go to the first field that has an error. */
export function goToError(root) {
  root.querySelector("[aria-invalid=true]")?.focus();
}

function tell(line, words) {
  line.textContent = words;
  line.hidden = !words;
  for (const control of line.closest(".block").querySelectorAll("[aria-describedby]")) {
    if (words) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}

/** How a field is called and described: by its question, else by its placeholder or the words it stands beside. */
export function named(one, place) {
  const placeholder = one.placeholder?.text ?? null;
  if (!place.ask) return { "aria-label": place.words ?? placeholder ?? say("choose"), placeholder };
  const { id, describedBy, required } = place.ask;
  return { id, placeholder, "aria-describedby": describedBy, "aria-required": required };
}
