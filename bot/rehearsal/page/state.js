// What the page knows just now, and the refresh that keeps it true. The address of the page says who, where, which language.

import * as api from "./api.js";
import { languageOf, useLanguage } from "./words.js";

/**
 * `place` is {kind: "channel"|"home", id}; `messages`, `replies` and `views` are as the server gave them;
 * `trouble` the code of the last failure; `entering` whether the bot is still to hear that the Home tab was opened.
 */
export const session = {
  as: "", server: null, place: null, thread: null, messages: null, replies: null, home: null, views: [],
  trouble: "", entering: true,
};

const listeners = [];

/** Call `listener` after each change. */
export function onChange(listener) {
  listeners.push(listener);
}

/** Tell every part of the page to look again. */
export function changed() {
  for (const listener of listeners) listener();
}

/** Read who, where and which language from the page's address. */
export function readAddress() {
  const given = new URLSearchParams(location.search);
  session.as = given.get("as") ?? "";
  session.place = placeFrom(given.get("at"));
  if (given.get("lang")) useLanguage(given.get("lang"), true);
}

function placeFrom(at) {
  if (!at) return null;
  return at === "home" ? { kind: "home", id: "home" } : { kind: "channel", id: at };
}

function writeAddress() {
  const given = new URLSearchParams(location.search);
  given.set("as", session.as);
  if (session.place) given.set("at", session.place.id);
  history.replaceState(null, "", `?${given}`);
}

/** Become `person`: the same workspace seen with other eyes. */
export async function become(person) {
  Object.assign(session, { as: person.id, thread: null, messages: null, replies: null, home: null, views: [], entering: true });
  await refresh();
}

/** Go to a channel or to the Home tab. */
export async function goTo(place) {
  Object.assign(session, { place, thread: null, messages: null, replies: null, home: null, entering: true });
  writeAddress();
  changed();
  await refresh();
}

/** Open the thread under message `ts` of this channel, or close it with null. */
export async function openThread(ts) {
  Object.assign(session, { thread: ts, replies: null });
  changed();
  if (ts) await refresh();
}

export const channelHere = () => session.server?.channels.find((channel) => channel.id === session.place?.id) ?? null;
export const personOf = (id) => session.server?.people.find((person) => person.id === id) ?? null;
export const botChannel = () =>
  session.server?.channels.find((one) => one.kind === "im" && one.with === session.server.app.bot_user) ?? null;

let turn = 0;
let newest = null;

/**
 * Ask the server for all that is shown and show it; an older answer never overwrites a newer one. A server that cannot be
 * reached is noted in session.trouble. Done once the newest look is done.
 */
export async function refresh() {
  turn += 1;
  newest = lookOnce(turn);
  let awaited = null;
  while (awaited !== newest) {
    awaited = newest;
    await awaited;
  }
}

async function lookOnce(mine) {
  try {
    await look(mine);
    if (mine === turn) session.trouble = "";
  } catch (refusal) {
    if (!("code" in refusal)) throw refusal;
    session.trouble = refusal.code;
  }
  if (mine === turn) changed();
}

async function look(mine) {
  const server = await api.fetchState(session.as).catch(asNobody);
  if (mine !== turn) return;
  session.server = server;
  if (server.me) useLanguage(languageOf(server.me));
  if (server.me) await refreshPlace(mine);
}

async function refreshPlace(mine) {
  settle();
  writeAddress();
  const { as, place, thread } = session;
  const inChannel = place?.kind === "channel";
  const [top, replies, home, stack] = await Promise.all([
    inChannel ? api.fetchMessages(as, place.id) : null,
    inChannel && thread ? api.fetchMessages(as, place.id, thread) : null,
    place?.kind === "home" ? openHome(as) : null,
    api.fetchViews(as),
  ]);
  if (mine !== turn) return;
  session.messages = top?.messages ?? null;
  session.replies = replies?.messages ?? null;
  session.home = home;
  session.views = stack.views;
}

/** A person the server does not know (any more) is nobody: the page offers the choice again. */
function asNobody(refusal) {
  if (refusal.code === "no_connection" || !session.as) throw refusal;
  session.as = "";
  return api.fetchState("");
}

/** The Home tab; the first time one looks since it was chosen, the bot hears of it. */
function openHome(as) {
  const quiet = !session.entering;
  session.entering = false;
  return api.fetchHome(as, quiet);
}

/** Stand somewhere that exists for this person. */
function settle() {
  const { channels } = session.server;
  if (session.place?.kind === "home") return;
  if (channels.some((channel) => channel.id === session.place?.id)) return;
  const start = channels.find((one) => one.bot_in && one.kind !== "im") ?? channels[0];
  session.place = start ? { kind: "channel", id: start.id } : { kind: "home", id: "home" };
}
