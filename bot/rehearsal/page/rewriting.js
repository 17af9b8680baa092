// Changing or taking away a message of one's own, from its "…" menu.

import * as api from "./api.js";
import { confirmed } from "./confirm.js";
import { freshId, h } from "./dom.js";
import { unescape } from "./mrkdwn.js";
import { refusalWords } from "./refusals.js";
import { refresh, session } from "./state.js";
import { say } from "./words.js";

/** The entries of the menu of message `one`; none when it is somebody else's. */
export function ownItems(one, channel) {
  if (one.user !== session.as || one.bot) return [];
  return [
    { label: say("rewrite"), act: () => rewrite(one, channel) },
    { label: say("take_away"), act: () => takeAway(one, channel) },
  ];
}

/** What was typed: links bare, entities as signs; <@U…> stays, and is understood again. */
const typed = (text) => unescape(text.replace(/<(https?:[^|<>]+)(?:\|[^<>]*)?>/g, "$1"));

function rewrite(one, channel) {
  const id = freshId("rewrite");
  const area = h("textarea", { rows: "4", "aria-labelledby": id });
  area.value = typed(one.text);
  const refusal = h("p", { class: "refusal", role: "alert", hidden: true });
  const dialog = h("dialog", { class: "form small" });
  const save = async () => {
    try {
      await api.rewrite(session.as, channel, one.ts, area.value);
      dialog.close();
    } catch (problem) {
      refusal.textContent = refusalWords(problem, say("save"));
      refusal.hidden = false;
    }
    await refresh();
  };
  dialog.setAttribute("aria-labelledby", id);
  dialog.append(h(
    "form",
    { on: { submit: (event) => { event.preventDefault(); save(); } } },
    h("header", {}, h("h2", { id }, say("rewrite"))),
    h("div", { class: "body" }, area),
    h("footer", {}, refusal,
      h("button", { type: "button", on: { click: () => dialog.close() } }, say("cancel")),
      h("button", { type: "submit", class: "primary" }, say("save"))),
  ));
  dialog.addEventListener("close", () => dialog.remove());
  document.getElementById("forms").append(dialog);
  dialog.showModal();
  area.focus();
}

async function takeAway(one, channel) {
  const plain = (text) => ({ type: "plain_text", text });
  const question = {
    title: plain(say("take_away")), text: plain(say("take_away_sure")),
    confirm: plain(say("take_away")), deny: plain(say("keep")), style: "danger",
  };
  if (await confirmed(question)) await api.takeAway(session.as, channel, one.ts).catch(() => {});
  await refresh();
}
