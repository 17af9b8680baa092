// The table block: the first row is the header, each column has its side.

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { richText } from "./richtext.js";
import { say } from "./words.js";

/** A table that scrolls by itself when it is wider than the message; also draws data_table (which has a caption). */
export function table(block) {
  const [head = [], ...rows] = block.rows;
  const sides = (block.column_settings ?? []).map((setting) => setting ?? {});
  const grid = h(
    "table",
    {},
    block.caption && h("caption", {}, block.caption.text ?? block.caption),
    h("thead", {}, h("tr", {}, head.map((one, at) => cell("th", one, sides[at])))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map((one, at) => cell("td", one, sides[at]))))),
  );
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("table") }, grid);
}

function cell(tag, one, side = {}) {
  const align = ["left", "center", "right"].includes(side.align) ? side.align : "left";
  const classes = `${align}${side.is_wrapped ? " wrapped" : ""}`;
  return h(tag, { class: classes, scope: tag === "th" ? "col" : null }, content(one));
}

function content(one) {
  if (one.type === "rich_text") return richText(one.elements);
  return withEmoji(String(one.text ?? one.value ?? ""));
}
