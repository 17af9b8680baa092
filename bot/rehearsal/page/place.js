// The middle of the page: the channel one is in with its messages and composer, or the app's Home; and the thread beside.

import * as api from "./api.js";
import { channelName } from "./channels.js";
import { composer } from "./composer.js";
import { h } from "./dom.js";
import { drawHome } from "./home.js";
import { fillMessages } from "./messages.js";
import { botChannel, channelHere, goTo, openThread, session } from "./state.js";
import { say, spoken } from "./words.js";

let drawnFor = "";
let newFrom = null;
let arriving = false;

/** Draw where one is into `main`; the frame is rebuilt only when the place, the person or the language changes. */
export function drawPlace(main) {
  const { place } = session;
  const channel = channelHere();
  if (!place || (place.kind === "channel" && !channel)) return;
  const frame = JSON.stringify([session.as, place, spoken(), channel?.topic, channel?.bot_in, botChannel()?.id]);
  const isNew = frame !== drawnFor;
  if (isNew) {
    drawnFor = frame;
    [newFrom, arriving] = [null, true];
    main.replaceChildren(...(place.kind === "home" ? homeFrame() : channelFrame(channel)));
  }
  if (place.kind === "home") drawHome(main.querySelector(".scrolling"));
  else fillChannel(main, channel);
}

/** Forget what is drawn, for when the page shows something else in its place. */
export function forgetPlace() {
  drawnFor = "";
}

function fillChannel(main, channel) {
  const scrolling = main.querySelector(".scrolling");
  const list = main.querySelector(".messages");
  const empty = main.querySelector(".empty");
  empty.hidden = Boolean(session.messages?.length);
  empty.textContent = say(session.messages ? "no_messages" : "loading");
  if (!session.messages) return;
  if (arriving) newFrom = firstUnread(channel);
  arriving = false;
  const first = !list.children.length;
  keepingEnd(scrolling, first, () => fillMessages(list, session.messages, { channel: channel.id, newFrom }));
  if (channel.unread) api.markRead(session.as, channel.id).catch(() => {});
}

/** The timestamp of the first message not yet read, for the line that is drawn before it on arriving in a channel. */
function firstUnread(channel) {
  if (!channel.unread) return null;
  const others = session.messages.filter((one) => one.user !== session.as && !one.ephemeral && !one.deleted);
  return others.at(-channel.unread)?.ts ?? null;
}

/** Stay at the end of a list when one was there (or has just come), else stay where one reads. */
function keepingEnd(scrolling, first, fill) {
  const atEnd = first || scrolling.scrollHeight - scrolling.scrollTop - scrolling.clientHeight < 60;
  const before = scrolling.scrollHeight;
  fill();
  if (atEnd && (first || scrolling.scrollHeight !== before)) scrolling.scrollTop = scrolling.scrollHeight;
}

function channelFrame(channel) {
  const isBot = channel === botChannel();
  const name = channelName(channel);
  return [
    h("header", { class: "head" }, h("h1", {}, isBot ? session.server.app.name : name), isBot ? tabs("messages") : about(channel)),
    h("div", { class: "scrolling" }, h("p", { class: "empty" }), h("div", { class: "messages", role: "feed", "aria-label": name })),
    composer({ channel: channel.id, name: say("message_to", { name }), id: "composer-text" }),
  ];
}

function about(channel) {
  const kind = channel.kind === "im" ? "" : say(channel.kind);
  const absent = channel.bot_in === false && channel.kind !== "im" ? say("bot_absent") : "";
  return h("p", { class: "topic" }, [kind, channel.topic, absent].filter(Boolean).join(" · "));
}

function homeFrame() {
  return [
    h("header", { class: "head" }, h("h1", {}, session.server.app.name), tabs("home")),
    h("div", { class: "scrolling" }),
  ];
}

function tabs(current) {
  const bot = botChannel();
  const tab = (name, place) => h(
    "button",
    { type: "button", "aria-current": name === current ? "page" : null, data: { handle: `tab-${name}` }, on: { click: () => goTo(place) } },
    say(name),
  );
  const home = tab("home", { kind: "home", id: "home" });
  return h("div", { class: "tabs" }, home, bot && tab("messages", { kind: "channel", id: bot.id }));
}

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
  const x = h("button", { type: "button", class: "icon", "aria-label": say("close_thread"), title: say("close_thread"), on: { click: leave } }, "×");
  return [
    h("header", { class: "head" }, h("h2", {}, say("thread")), x),
    h("div", { class: "scrolling" }, h("div", { class: "messages", role: "feed", "aria-label": say("thread") })),
    composer({ channel: place.id, thread, name: say("reply_in"), id: "reply-text" }),
  ];
}
