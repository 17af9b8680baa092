// "Are you sure?" before what an element asks to confirm.

import { freshId, h } from "./dom.js";
import { text } from "./texts.js";
import { say } from "./words.js";

/** Ask; true when the person agrees. Escape is a no. The focus returns to where it was. */
export function confirmed(question) {
  const id = freshId("confirm");
  const tone = question.style === "danger" ? "danger" : "primary";
  const dialog = h(
    "dialog",
    { class: "form small", "aria-labelledby": id },
    h("header", {}, h("h2", { id }, text(question.title))),
    h("div", { class: "body words" }, text(question.text)),
    h(
      "footer",
      {},
      h("button", { type: "button", on: { click: () => dialog.close("") } }, text(question.deny), question.deny ? null : say("cancel")),
      h("button", { type: "button", class: tone, on: { click: () => dialog.close("yes") } }, text(question.confirm)),
    ),
  );
  document.getElementById("forms").append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
