// Modals: a real <dialog> for each view of the stack; what was typed survives an update; errors are told at their field.

import * as api from "./api.js";
import { drawBlocks } from "./blocks.js";
import { freshId, h } from "./dom.js";
import { fillAgain, goToError, problemsIn, showErrors, valuesIn } from "./fields.js";
import { refusalWords } from "./refusals.js";
import { refresh, session } from "./state.js";
import { text } from "./texts.js";
import { say, spoken } from "./words.js";

const shown = new Map();

/** Show exactly the views of the stack: open the new ones, update those that changed, close those that are gone. */
export function drawDialogs() {
  const wanted = new Set(session.views.map((view) => view.id));
  for (const [id, one] of [...shown].reverse()) if (!wanted.has(id)) remove(id, one);
  for (const view of session.views) {
    const one = shown.get(view.id);
    if (!one) open(view);
    else if (one.sign !== signOf(view)) update(one, view);
    tellErrors(shown.get(view.id), view.errors);
  }
}

const signOf = (view) => JSON.stringify([spoken(), view.title, view.submit, view.close, view.blocks]);

function open(view) {
  const dialog = h("dialog", { class: "form" });
  const one = { dialog, view, sign: "", errors: "{}", told: {}, before: document.activeElement };
  shown.set(view.id, one);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    dismiss(one);
  });
  dialog.addEventListener("close", () => shown.get(view.id) === one && dismiss(one));
  fill(one, view);
  document.getElementById("forms").append(dialog);
  dialog.showModal();
  focusFirst(dialog);
}

function fill(one, view) {
  const id = freshId("title");
  const place = { container: { type: "view", view_id: view.id } };
  const leave = say("close");
  one.dialog.setAttribute("aria-labelledby", id);
  one.dialog.replaceChildren(h(
    "form",
    { novalidate: true, on: { submit: (event) => { event.preventDefault(); submit(one); } } },
    h("header", {}, h("h2", { id }, text(view.title)),
      h("button", { type: "button", class: "icon", "aria-label": leave, data: { handle: "x" }, on: { click: () => dismiss(one) } }, "×")),
    h("div", { class: "body", data: { values: "" } }, drawBlocks(view.blocks, place)),
    h("footer", {},
      h("p", { class: "refusal", role: "alert", hidden: true }),
      h("button", { type: "button", data: { handle: "close" }, on: { click: () => dismiss(one) } },
        view.close ? text(view.close) : say(view.submit ? "cancel" : "close")),
      view.submit && h("button", { type: "submit", class: "primary", data: { handle: "submit" } }, text(view.submit))),
  ));
  Object.assign(one, { view, sign: signOf(view) });
}

/** Draw the changed view; fields that keep block_id and action_id keep what the person put in them, and the focus. */
function update(one, view) {
  const { dialog } = one;
  const values = valuesIn(dialog);
  const active = dialog.contains(document.activeElement) ? document.activeElement : null;
  const handle = active?.closest("[data-handle]")?.dataset.handle;
  const top = dialog.querySelector(".body").scrollTop;
  fill(one, view);
  fillAgain(dialog, values);
  tellFoot(one, showErrors(dialog, one.told).join(" "));
  dialog.querySelector(".body").scrollTop = top;
  const same = handle && dialog.querySelector(`[data-handle="${CSS.escape(handle)}"]`);
  if (same) same.focus({ preventScroll: true });
  else focusFirst(dialog);
}

function focusFirst(dialog) {
  const field = dialog.querySelector(".body :is(input, textarea, button, a[href])");
  (field ?? dialog.querySelector("footer button:last-child") ?? dialog).focus({ preventScroll: true });
}

function tellErrors(one, errors) {
  const sign = JSON.stringify(errors ?? {});
  if (one.errors === sign) return;
  one.errors = sign;
  show(one, errors ?? {});
}

function show(one, errors) {
  one.told = errors;
  tellFoot(one, showErrors(one.dialog, errors).join(" "));
  goToError(one.dialog);
}

function tellFoot(one, words) {
  const foot = one.dialog.querySelector("footer .refusal");
  foot.textContent = words;
  foot.hidden = !words;
}

async function submit(one) {
  const { dialog, view } = one;
  const button = dialog.querySelector("[type=submit]");
  if (!button || button.disabled) return;
  const problems = problemsIn(dialog);
  show(one, problems);
  if (Object.keys(problems).length) return;
  button.disabled = true;
  dialog.setAttribute("aria-busy", "true");
  const errors = await sent(one, view);
  button.disabled = false;
  dialog.removeAttribute("aria-busy");
  if (errors) {
    one.errors = JSON.stringify(errors);
    show(one, errors);
  }
  await refresh();
}

/** The errors by block that the bot answered, or null. */
async function sent(one, view) {
  try {
    const answer = await api.submit(session.as, view.id, valuesIn(one.dialog));
    return answer.errors ?? null;
  } catch (refusal) {
    if (refusal.errors) return refusal.errors;
    const late = ["operation_timeout", "no_connection", "dispatch_failed"].includes(refusal.code);
    tellFoot(one, late ? say("form_timeout") : refusalWords(refusal, say("submit")));
    return null;
  }
}

async function dismiss(one) {
  remove(one.view.id, one);
  session.views = session.views.filter((view) => view.id !== one.view.id);
  await api.close(session.as, one.view.id).catch(() => {});
  await refresh();
}

function remove(id, one) {
  if (shown.get(id) === one) shown.delete(id);
  one.dialog.close();
  one.dialog.remove();
  if (document.activeElement === document.body) {
    const back = one.before?.isConnected && one.before !== document.body ? one.before : null;
    (back ?? document.querySelector("dialog[open] button, #composer-text"))?.focus();
  }
}
