// Messages as people see them: who, when, what, its files, what can be done with it; days between them.

import * as api from "./api.js";
import { drawBlocks } from "./blocks.js";
import { h, reconcile } from "./dom.js";
import { fileLinks } from "./files.js";
import { menuButton } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar, badge } from "./people.js";
import { refusalWords } from "./refusals.js";
import { ownItems } from "./rewriting.js";
import { openThread, personOf, refresh, session } from "./state.js";
import { clockTime, dayKey, dayWords, longDay } from "./times.js";
import { repliesWords, say, spoken } from "./words.js";

const TOGETHER = 5 * 60_000;

/** Fill `list` with `messages` of `channel`; `inThread` leaves out the links to threads, `newFrom` is where the unread begin. */
export function fillMessages(list, messages, { channel, inThread = false, newFrom = null }) {
  reconcile(list, lines(messages, newFrom, inThread), {
    key: (line) => line.key,
    sign: (line) => JSON.stringify([spoken(), line.follows ?? "", line.words ?? "", line.message ?? "", nameSign(line)]),
    build: (line) => (line.message ? message(line, channel, inThread) : divider(line)),
  });
}

const nameSign = ({ message: one }) => (one ? personOf(one.user)?.name ?? "" : "");

/** Messages with the lines between days and before the unread ones. */
function lines(messages, newFrom, inThread) {
  const told = [];
  let last = null;
  for (const one of messages.filter((each) => !each.deleted || each.reply_count)) {
    const at = new Date(one.at);
    const newDay = !inThread && (!last || dayKey(new Date(last.at)) !== dayKey(at));
    if (newDay) told.push({ key: `day-${dayKey(at)}`, words: dayWords(at) });
    if (one.ts === newFrom) told.push({ key: "new", words: say("new"), fresh: true });
    const near = last && !newDay && at - new Date(last.at) < TOGETHER && one.ts !== newFrom;
    const follows = Boolean(near && last.user === one.user && !last.ephemeral && !one.ephemeral);
    told.push({ key: `${one.ts}-${one.ephemeral ? "e" : "m"}`, message: one, follows });
    if (inThread && !last && messages.length > 1) told.push({ key: "replies", words: repliesWords(messages.length - 1) });
    last = inThread && !last ? { ...one, user: "" } : one;
  }
  return told;
}

const divider = ({ words, fresh }) => h("div", { class: fresh ? "divide fresh" : "divide", role: "separator" }, h("span", {}, words));

function message({ message: one, follows }, channel, inThread) {
  const at = new Date(one.at);
  const name = personOf(one.user)?.name ?? one.user;
  const time = h("time", { datetime: one.at, title: `${longDay(at)} ${clockTime(at)}` }, clockTime(at));
  const label = `${name}, ${clockTime(at)}`;
  const who = h("div", { class: "who" }, h("strong", {}, name), badge(personOf(one.user)), time);
  return h(
    "article",
    {
      class: `message${follows ? " follows" : ""}${one.ephemeral ? " ephemeral" : ""}`, "aria-label": label, tabindex: "-1",
      data: { ts: one.ts, values: "" },
    },
    h("div", { class: "side" }, follows ? time.cloneNode(true) : avatar(personOf(one.user))),
    h("div", { class: "main" },
      one.ephemeral && h("p", { class: "only" }, h("span", { "aria-hidden": "true" }, "👁 "), say("only_you")),
      follows ? null : who, content(one, channel), after(one, channel, inThread)),
    tools(one, channel, name, clockTime(at), inThread),
  );
}

function content(one, channel) {
  if (one.deleted) return h("p", { class: "quiet" }, say("deleted"));
  const container = { type: "message", channel, ts: one.ts, ephemeral: one.ephemeral };
  const place = { container };
  const body = one.blocks?.length ? drawBlocks(one.blocks, place) : h("div", { class: "words" }, mrkdwn(one.text ?? ""));
  const attached = (one.attachments ?? []).map((each) => h(
    "div", { class: "attached" },
    each.blocks ? drawBlocks(each.blocks, place) : h("div", { class: "words" }, mrkdwn(each.text ?? each.fallback ?? "")),
  ));
  return [body, attached];
}

function after(one, channel, inThread) {
  return [
    one.edited && h("span", { class: "quiet" }, say("edited")),
    fileLinks(one.files ?? []),
    !inThread && one.reply_count > 0 && h(
      "button",
      { type: "button", class: "replies", data: { handle: "replies" }, on: { click: () => openThread(one.ts) } },
      repliesWords(one.reply_count),
    ),
  ];
}

function tools(one, channel, name, time, inThread) {
  if (one.ephemeral || one.deleted) return null;
  const shortcuts = session.server.app.shortcuts.filter((each) => each.type === "message").map((each) => ({
    label: each.name, description: session.server.app.name, act: () => runShortcut(each, channel, one.ts),
  }));
  const reply = { label: say("reply_in"), act: () => openThread(one.thread_ts ?? one.ts) };
  const items = [...(inThread ? [] : [reply]), ...shortcuts, ...ownItems(one, channel)];
  if (!items.length) return null;
  const menu = menuButton({ name: say("more", { name, time }), sign: "⋯", items, handle: "more" });
  return h("div", { class: "tools" }, menu);
}

async function runShortcut(each, channel, ts) {
  const article = document.querySelector(`[data-ts="${CSS.escape(ts)}"] .main`);
  article?.querySelector(":scope > .refusal")?.remove();
  try {
    await api.shortcut({ as: session.as, callback_id: each.callback_id, channel, ts });
  } catch (refusal) {
    article?.append(h("p", { class: "refusal", role: "alert" }, refusalWords(refusal, each.name)));
  }
  await refresh();
}
