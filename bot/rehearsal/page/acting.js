// Sending what was pressed or chosen to the bot, once, and telling a refusal beside it.

import * as api from "./api.js";
import { confirmed } from "./confirm.js";
import { h } from "./dom.js";
import { valuesIn } from "./fields.js";
import { refusalWords } from "./refusals.js";
import { refresh, session } from "./state.js";

/**
 * Send `value` ({value} or {selected_option} …) of element `one`, standing in `place`, pressed on `control`.
 * False when the person said no to its confirmation.
 */
export async function act(one, place, value, control) {
  if (control.getAttribute("aria-busy") === "true") return true;
  if (one.confirm && !(await confirmed(one.confirm))) return false;
  const root = control.closest("[data-values]");
  const action = { type: one.type, action_id: one.action_id, ...value };
  const body = { as: session.as, container: place.container, block_id: place.blockId, action };
  control.setAttribute("aria-busy", "true");
  await tried(control, () => api.act({ ...body, values: root ? valuesIn(root) : {} }));
  control.removeAttribute("aria-busy");
  return true;
}

async function tried(control, send) {
  const block = control.closest(".block");
  block?.querySelector(".refusal")?.remove();
  try {
    await send();
  } catch (refusal) {
    const words = refusalWords(refusal, control.textContent.trim() || control.getAttribute("aria-label"));
    block?.append(h("p", { class: "refusal", role: "alert" }, words));
  }
  await refresh();
}
