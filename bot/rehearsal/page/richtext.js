// rich_text as nodes: sections, lists with their depth, quotes, code, and every kind of thing inside them.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelMention, mention, personMention } from "./mentions.js";
import { link } from "./mrkdwn.js";
import { slackDate } from "./times.js";

const SECTIONS = {
  rich_text_section: (part) => h("div", { class: "words" }, inside(part)),
  rich_text_quote: (part) => h("blockquote", { class: "words" }, inside(part)),
  rich_text_preformatted: (part) => h("pre", {}, inside(part)),
  rich_text_list: list,
};

/** The nodes of a rich_text's elements. */
export const richText = (elements) => elements.map((part) => SECTIONS[part.type]?.(part) ?? "");

/** The same as plain text, for a field that edits it. */
export function plainOf(value) {
  const lines = (part) => (part.elements ?? []).map((one) => (one.elements ? lines(one) : one.text ?? "")).join("");
  return (value?.elements ?? []).map(lines).join("\n");
}

function list(part) {
  const ordered = part.style === "ordered";
  const start = ordered && part.offset ? part.offset + 1 : null;
  const depth = Math.min(part.indent ?? 0, 8);
  const items = part.elements.map((item) => h("li", { class: "words" }, inside(item)));
  return h(ordered ? "ol" : "ul", { start, class: `depth-${depth}${part.border ? " bordered" : ""}` }, items);
}

const inside = (part) => (part.elements ?? []).map((one) => dressed(INLINE[one.type]?.(one) ?? one.text ?? "", one.style));

const INLINE = {
  text: (one) => one.text,
  link: (one) => link(one.url, one.text || one.url),
  emoji: (one) => (one.unicode ? fromUnicode(one.unicode) : emoji(one.name)),
  user: (one) => personMention(one.user_id),
  usergroup: (one) => mention(`@${one.usergroup_id}`),
  channel: (one) => channelMention(one.channel_id),
  broadcast: (one) => mention(`@${one.range}`),
  team: (one) => mention(one.team_id),
  color: (one) => h("code", {}, one.value),
  date: (one) => {
    const words = slackDate(one.timestamp, one.format ?? "{date_long} {time}");
    return h("time", { title: one.fallback }, one.url ? link(one.url, words) : words);
  },
};

const fromUnicode = (codes) => String.fromCodePoint(...codes.split("-").map((code) => parseInt(code, 16)));

const STYLES = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

function dressed(node, style) {
  const worn = Object.entries(STYLES).filter(([name]) => style?.[name]);
  return worn.reduce((inner, [, tag]) => h(tag, {}, inner), node);
}
