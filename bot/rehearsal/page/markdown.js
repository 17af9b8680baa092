// The markdown block: headings, lists, quotes, fences, tables, rules and what stands inside a line.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { link } from "./mrkdwn.js";

const INSIDE = new RegExp(
  [
    "`([^`\\n]+)`", "\\*\\*(?=\\S)([^\\n]+?)\\*\\*", "~~(?=\\S)([^\\n]+?)~~",
    "(?<![\\p{L}\\p{N}*_])[*_](?=\\S)([^*_\\n]+?)[*_](?![\\p{L}\\p{N}*_])",
    "\\[([^\\]\\n]+)\\]\\(([^)\\s]+)\\)", ":([a-z0-9_+-]+):", "(https?://[^\\s<>]+[^\\s<>.,;:!?)])",
  ].join("|"),
  "gu",
);

function inside(text) {
  const nodes = [];
  let done = 0;
  for (const found of text.matchAll(INSIDE)) {
    nodes.push(text.slice(done, found.index), piece(found));
    done = found.index + found[0].length;
  }
  return [...nodes, text.slice(done)];
}

function piece([, code, bold, struck, italic, label, url, shortcode, address]) {
  if (code !== undefined) return h("code", {}, code);
  if (bold !== undefined) return h("strong", {}, inside(bold));
  if (struck !== undefined) return h("s", {}, inside(struck));
  if (italic !== undefined) return h("em", {}, inside(italic));
  if (label !== undefined) return link(url, label);
  return shortcode === undefined ? link(address, address) : emoji(shortcode);
}

const KINDS = [
  { is: /^#{1,6} +(.*)$/, draw: (lines) => lines.map((line) => h("h4", {}, inside(line))) },
  { is: /^(?:-{3,}|\*{3,}|_{3,})\s*$/, draw: () => [h("hr")] },
  { is: /^> ?(.*)$/, draw: (lines) => [h("blockquote", { class: "words" }, inside(lines.join("\n")))] },
  { is: /^\s*[-*+] +(.*)$/, draw: (lines) => [h("ul", {}, lines.map((line) => h("li", {}, inside(line))))] },
  { is: /^\s*\d+[.)] +(.*)$/, draw: (lines) => [h("ol", {}, lines.map((line) => h("li", {}, inside(line))))] },
  { is: /^\|(.*)\|\s*$/, draw: (lines) => [grid(lines)] },
  { is: /^\s*$/, draw: () => [] },
  { is: /^(.*)$/, draw: (lines) => [h("p", { class: "words" }, inside(lines.join("\n")))] },
];

/** The nodes of a Markdown text. */
export function markdown(text) {
  return text.split(/^```[^\n]*\n([\s\S]*?)^```\s*$/gm).flatMap((part, index) =>
    index % 2 ? [h("pre", {}, part.replace(/\n$/, ""))] : paragraphs(part));
}

function paragraphs(text) {
  const nodes = [];
  let current = null;
  let lines = [];
  const flush = () => nodes.push(...(current?.draw(lines) ?? []));
  for (const line of text.split("\n")) {
    const kind = KINDS.find((one) => one.is.test(line));
    if (kind !== current) {
      flush();
      [current, lines] = [kind, []];
    }
    lines.push(line.match(kind.is)[1] ?? "");
  }
  flush();
  return nodes;
}

function grid(lines) {
  const rows = lines.map((line) => line.split("|").map((cell) => cell.trim()));
  const [head, ...rest] = rows.filter((row) => !row.every((cell) => /^:?-+:?$/.test(cell)));
  const row = (tag, cells) => h("tr", {}, cells.map((cell) => h(tag, {}, inside(cell))));
  const body = h("tbody", {}, rest.map((cells) => row("td", cells)));
  return h("div", { class: "scroll" }, h("table", {}, h("thead", {}, row("th", head)), body));
}
