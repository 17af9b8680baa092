// What the page knows just now, and the refresh that keeps it true. The address of the page says who, where, which language.

import * as api from "./api.js";
import { languageOf, useLanguage } from "./words.js";

/** `place` is {kind: "channel"|"home", id}; `messages`, `replies` and `views` are as the server gave them. */
export const session = {
  as: "", server: null, place: null, thread: null, messages: null, replies: null, home: null, views: [],
  trouble: "",
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
  Object.assign(session, { as: person.id, thread: null, messages: null, replies: null, home: null, views: [] });
  useLanguage(languageOf(person));
  await refresh();
}

/** Go to a channel or to the Home tab. */
export async function goTo(place) {
  Object.assign(session, { place, thread: null, messages: null, replies: null, home: null });
  writeAddress();
  changed();
  await refresh({ opened: place.kind === "home" });
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

/**
 * Ask the server for all that is shown and show it; an older answer never overwrites a newer one. A server that cannot be
 * reached is noted in session.trouble; a person it does not know is nobody.
 */
export async function refresh({ opened = false } = {}) {
  turn += 1;
  const mine = turn;
  try {
    await look(mine, opened);
    if (mine === turn) session.trouble = "";
  } catch (refusal) {
    if (!("code" in refusal)) throw refusal;
    if (refusal.code === "user_not_found" && session.as) session.as = "";
    session.trouble = refusal.code;
  }
  if (mine === turn) changed();
}

async function look(mine, opened) {
  const server = await api.fetchState(session.as);
  if (mine !== turn) return;
  session.server = server;
  if (server.me) await refreshPlace(mine, opened);
}

async function refreshPlace(mine, opened) {
  const first = settle();
  writeAddress();
  const { as, place, thread } = session;
  const inChannel = place?.kind === "channel";
  const [top, replies, home, stack] = await Promise.all([
    inChannel ? api.fetchMessages(as, place.id) : null,
    inChannel && thread ? api.fetchMessages(as, place.id, thread) : null,
    place?.kind === "home" ? api.fetchHome(as, !(opened || first)) : null,
    api.fetchViews(as),
  ]);
  if (mine !== turn) return;
  session.messages = top?.messages ?? null;
  session.replies = replies?.messages ?? null;
  session.home = home;
  session.views = stack.views;
}

/** Stand somewhere that exists for this person; true when the place was chosen just now. */
function settle() {
  const { channels } = session.server;
  if (session.place?.kind === "home") return session.home === null;
  if (channels.some((channel) => channel.id === session.place?.id)) return false;
  const start = channels.find((one) => one.bot_in && one.kind !== "im") ?? channels[0];
  session.place = start ? { kind: "channel", id: start.id } : { kind: "home", id: "home" };
  return true;
}
