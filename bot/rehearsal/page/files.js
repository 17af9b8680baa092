// Files shared in a message: a link that downloads, with the name, the kind and the size.

import { h } from "./dom.js";
import { session } from "./state.js";
import { say, spoken } from "./words.js";

const SIGNS = { xlsx: "📊", csv: "📊", docx: "📄", pdf: "📄", txt: "📄", png: "🖼️", jpg: "🖼️" };

/** The links of `files`; nothing when there is none. */
export function fileLinks(files) {
  if (!files.length) return null;
  return h("ul", { class: "files" }, files.map((file) => h("li", {}, fileLink(file))));
}

function fileLink(file) {
  const size = sizeWords(file.size);
  const sign = SIGNS[file.name.split(".").pop().toLowerCase()] ?? "📎";
  return h(
    "a",
    {
      class: "file", href: `${file.url}?${new URLSearchParams({ as: session.as })}`, download: file.name,
      "aria-label": say("file", { name: file.name, size }),
    },
    h("span", { class: "sign", "aria-hidden": "true" }, sign),
    h("span", {}, h("strong", {}, file.name), h("small", {}, size)),
  );
}

/** "950 bytes", "14 KB", "2.1 MB": thousands, as file managers of our readers count. */
function sizeWords(size) {
  const number = (value) => value.toLocaleString(spoken(), { maximumFractionDigits: 1 });
  if (size < 1000) return say("bytes", { count: number(size) });
  if (size < 1_000_000) return say("kilobytes", { count: number(Math.round(size / 1000)) });
  return say("megabytes", { count: number(size / 1_000_000) });
}
