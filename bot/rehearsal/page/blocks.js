// Block Kit drawn: one small function for each type of block, found by its name.

import { h, safeUrl } from "./dom.js";
import { element } from "./elements.js";
import { markdown } from "./markdown.js";
import { link } from "./mrkdwn.js";
import { question } from "./questions.js";
import { richText } from "./richtext.js";
import { table } from "./tables.js";
import { text } from "./texts.js";
import { say } from "./words.js";

const DRAWN = {
  section, header, context, actions, image, table,
  divider: () => h("hr"),
  rich_text: (block) => h("div", { class: "rich" }, richText(block.elements)),
  markdown: (block) => h("div", { class: "rich" }, markdown(block.text)),
  data_table: table,
  input: question,
  alert: (block) => h("div", { class: `alert ${block.level ?? "default"}`, role: "note" }, text(block.text)),
  context_actions: actions,
};

/**
 * The nodes of `blocks` in order. `place` says where they stand: {container}, as the server wants it of an action.
 * In a message a table stands last, as in Slack.
 */
export function drawBlocks(blocks, place) {
  const isTable = (block) => block.type === "table";
  const ordered = [...blocks.filter((block) => !isTable(block)), ...blocks.filter(isTable)];
  return ordered.map((block) => {
    const id = block.block_id ?? `block-${blocks.indexOf(block)}`;
    const draw = Object.hasOwn(DRAWN, block.type) ? DRAWN[block.type] : unknown;
    return h("div", { class: `block ${block.type}`, data: { block: id } }, draw(block, { ...place, blockId: id }));
  });
}

const unknown = (block) => h("p", { class: "quiet" }, say("not_drawn", { type: block.type }));

function section(block, place) {
  const words = [
    block.text && h("div", { class: "words" }, text(block.text)),
    block.fields && h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, text(field)))),
  ];
  if (!block.accessory) return words;
  return h("div", { class: "beside" }, h("div", { class: "grow" }, words), drawElement(block.accessory, place, block.text?.text));
}

function header(block) {
  return h("h3", {}, text(block.text));
}

function context(block) {
  return block.elements.map((one) => (one.type === "image" ? picture(one, "small") : h("span", { class: "words" }, text(one))));
}

function actions(block, place) {
  return block.elements.map((one) => drawElement(one, place));
}

function drawElement(one, place, words = null) {
  return one.type === "image" ? picture(one, "thumb") : element(one, { ...place, words, dispatch: true });
}

function image(block) {
  const title = block.title && h("figcaption", {}, text(block.title));
  return h("figure", {}, title, picture(block, "large"));
}

/** Only pictures of this very server are fetched; of the others stands the description, with the address to follow. */
function picture(one, size) {
  const url = safeUrl(one.image_url ?? one.slack_file?.url);
  const own = url && new URL(url, location.href).origin === location.origin;
  if (own) return h("img", { src: url, alt: one.alt_text, class: size, loading: "lazy" });
  const words = say("image_elsewhere", { alt: one.alt_text });
  return h("span", { class: "absent" }, url ? link(url, words) : words);
}
