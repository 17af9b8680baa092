// The thread beside the channel: the message, its replies, a composer; the focus goes there and comes back.

import { composer } from "./composer.js";
import { h } from "./dom.js";
import { fillMessages } from "./messages.js";
import { keepingEnd } from "./scrolling.js";
import { openThread, session } from "./state.js";
import { say, spoken } from "./words.js";

let threadFor = "";

/** Draw the open thread into `aside`, or hide it. */
export function drawThread(aside) {
  aside.hidden = !session.thread;
  document.body.classList.toggle("threading", !aside.hidden);
  const frame = JSON.stringify([session.as, session.place, session.thread, spoken()]);
  if (!session.thread) {
    threadFor = "";
    return;
  }
  const isNew = frame !== threadFor;
  if (isNew) {
    threadFor = frame;
    aside.replaceChildren(...threadFrame());
    aside.setAttribute("aria-label", say("thread"));
    aside.querySelector("textarea").focus();
  }
  if (!session.replies) return;
  const options = { channel: session.place.id, inThread: true };
  keepingEnd(aside.querySelector(".scrolling"), isNew, () => fillMessages(aside.querySelector(".messages"), session.replies, options));
}

function threadFrame() {
  const { thread, place } = session;
  const leave = async () => {
    await openThread(null);
    const more = document.querySelector(`#place [data-ts="${CSS.escape(thread)}"] :is(.replies, .tools button)`);
    (more ?? document.querySelector("#composer-text"))?.focus();
  };
  const name = say("close_thread");
  const x = h("button", { type: "button", class: "icon", "aria-label": name, title: name, on: { click: leave } }, "×");
  return [
    h("header", { class: "head" }, h("h2", {}, say("thread")), x),
    h("div", { class: "scrolling" }, h("div", { class: "messages", role: "feed", "aria-label": say("thread") })),
    composer({ channel: place.id, thread, name: say("reply_in"), id: "reply-text" }),
  ];
}
