// Slack's mrkdwn as nodes: *bold* _italic_ ~strike~ `code` ```block``` > quote, <…> references, entities, shortcodes.

import { h, safeUrl } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelMention, mention, personMention } from "./mentions.js";
import { slackDate } from "./times.js";

const EDGE_BEFORE = "(?<![\\p{L}\\p{N}";
const EDGE_AFTER = "(?![\\p{L}\\p{N}";

function styled(mark) {
  const sign = mark === "*" ? "\\*" : mark;
  return `${EDGE_BEFORE}${sign}])${sign}(?=[^\\s${sign}])([^${sign}\\n]*?[^\\s${sign}])${sign}${EDGE_AFTER}${sign}])`;
}

const TOKEN = new RegExp(
  [
    "<([^<>\\n]+)>", "`([^`\\n]+)`", styled("*"), styled("_"), styled("~"), ":([a-z0-9_+-]+):",
    "(https?://[^\\s<>|]+[^\\s<>|.,;:!?)\\]'\"’»])",
  ].join("|"),
  "gu",
);

/** What was written before Slack's escaping of & < >. */
export const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** A mrkdwn text as a list of nodes; `verbatim` leaves bare addresses alone. */
export function mrkdwn(text, { verbatim = false } = {}) {
  return text.split(/```([\s\S]+?)```/g).flatMap((part, index) => {
    if (index % 2) return [h("pre", {}, unescape(part.replace(/^\n|\n$/g, "")))];
    return quoted(index ? part.replace(/^\n/, "") : part, verbatim);
  });
}

/** Lines that begin with > become one quote; >>> quotes all that follows. */
function quoted(text, verbatim) {
  const nodes = [];
  let lines = [];
  let inQuote = false;
  const flush = (isQuote) => {
    const told = inline(lines.join("\n"), verbatim);
    if (lines.length) nodes.push(isQuote ? h("blockquote", {}, told) : told);
    lines = [];
  };
  let rest = false;
  for (const line of text.split("\n")) {
    const begins = line.match(/^(?:&gt;&gt;&gt;|&gt;|>>>|>) ?/);
    const isQuote = rest || begins !== null;
    if (isQuote !== inQuote) flush(inQuote);
    lines.push(begins && !rest ? line.slice(begins[0].length) : line);
    rest ||= /^(?:&gt;|>){3}/.test(begins?.[0] ?? "");
    inQuote = isQuote;
  }
  flush(inQuote);
  return nodes.flat();
}

function inline(text, verbatim) {
  const nodes = [];
  let done = 0;
  for (const found of text.matchAll(TOKEN)) {
    if (found.index > done) nodes.push(unescape(text.slice(done, found.index)));
    nodes.push(token(found, verbatim));
    done = found.index + found[0].length;
  }
  if (done < text.length) nodes.push(unescape(text.slice(done)));
  return nodes;
}

function token([whole, reference, code, bold, italic, struck, shortcode, address], verbatim) {
  if (reference !== undefined) return referred(reference);
  if (code !== undefined) return h("code", {}, unescape(code));
  if (bold !== undefined) return h("strong", {}, inline(bold, verbatim));
  if (italic !== undefined) return h("em", {}, inline(italic, verbatim));
  if (struck !== undefined) return h("s", {}, inline(struck, verbatim));
  if (shortcode !== undefined) return emoji(shortcode);
  return verbatim ? unescape(whole) : link(unescape(address), unescape(address));
}

function referred(reference) {
  const [target, ...rest] = reference.split("|");
  const label = rest.length ? unescape(rest.join("|")) : null;
  if (/^@[UW]/.test(target)) return personMention(target.slice(1), label);
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!date^")) return dated(target, label);
  if (target.startsWith("!")) return mention(label ?? `@${target.slice(1).replace(/^subteam\^/, "")}`);
  return link(unescape(target), label ?? unescape(target).replace(/^mailto:/, ""));
}

function dated(target, fallback) {
  const [, seconds, format, url] = target.split("^");
  const words = /^\d+$/.test(seconds) && format ? slackDate(Number(seconds), format) : fallback ?? "";
  return h("time", { title: fallback }, url ? link(unescape(url), words) : words);
}

/** A link that opens apart; an address that is not a web or mail address stays text. */
export function link(url, label) {
  const href = safeUrl(url);
  if (!href) return label === url ? url : `${label} (${url})`;
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, label);
}
