// The middle of the page: the channel one is in with its messages and composer, or the app's Home.

import * as api from "./api.js";
import { channelName } from "./channels.js";
import { composer } from "./composer.js";
import { h } from "./dom.js";
import { drawHome } from "./home.js";
import { fillMessages } from "./messages.js";
import { heard } from "./heard.js";
import { menuButton } from "./menu.js";
import { refusalWords } from "./refusals.js";
import { keepingEnd } from "./scrolling.js";
import { botChannel, channelHere, goTo, refresh, session } from "./state.js";
import { say, spoken } from "./words.js";

let drawnFor = "";
let newFrom = null;
let arriving = false;

/** Draw where one is into `main`; the frame is rebuilt only when the place, the person or the language changes. */
export function drawPlace(main) {
  const { place } = session;
  const channel = channelHere();
  if (!place || (place.kind === "channel" && !channel)) return;
  const seen = [channel?.topic, channel?.kind, channel?.bot_in, botChannel()?.id];
  const frame = JSON.stringify([session.as, place, spoken(), ...seen]);
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

function channelFrame(channel) {
  const isBot = channel === botChannel();
  const name = channelName(channel);
  return [
    h("header", { class: "head" }, h("h1", {}, isBot ? session.server.app.name : name), isBot ? tabs("messages") : [about(channel), changes(channel)]),
    h("div", { class: "scrolling" }, h("p", { class: "empty" }), h("div", { class: "messages", role: "feed", "aria-label": name })),
    composer({ channel: channel.id, name: say("message_to", { name }), id: "composer-text" }),
  ];
}

/** What can become of a channel of each kind, besides that the bot comes and goes. */
const CHANGES = {
  public: ["private", "shared", "archived"],
  private: ["public", "shared", "archived"],
  shared: ["unshared", "archived"],
  archived: ["unarchived"],
};

function changes(channel) {
  if (!CHANGES[channel.kind]) return null;
  const offered = [...CHANGES[channel.kind], ...(channel.kind === "archived" ? [] : [channel.bot_in ? "bot_out" : "bot_in"])];
  const items = offered.map((change) => ({ label: say(`become_${change}`), act: () => become(channel, change) }));
  return menuButton({ name: say("becomes"), sign: "⋯", items, handle: "becomes" });
}

async function become(channel, change) {
  try {
    await api.become(session.as, channel.id, change);
    await refresh();
  } catch (refusal) {
    heard(refusalWords(refusal, say(`become_${change}`)));
  }
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
