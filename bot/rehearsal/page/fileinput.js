// The field in which one hands over files from one's own disk; each goes to the workspace as soon as it is chosen.

import * as api from "./api.js";
import { h } from "./dom.js";
import { keepField, named } from "./fields.js";
import { session } from "./state.js";
import { say } from "./words.js";

/** The button that chooses files, and the names of those that were handed over. */
export function fileInput(one, place) {
  let files = [];
  let waits = 0;
  const accept = one.filetypes?.map((kind) => `.${kind}`).join(",");
  const input = h("input", {
    ...named(one, place), type: "file", accept, multiple: (one.max_files ?? 10) > 1,
    data: { handle: `${place.blockId}/${one.action_id}` },
  });
  const list = h("ul", { class: "files", "aria-live": "polite" });
  const node = h("div", { class: "text" }, input, list);
  const show = () => list.replaceChildren(...files.map((file) => h("li", {}, h("span", { class: "file" }, file.name))));
  input.addEventListener("change", async () => {
    waits += 1;
    try {
      const brought = [...input.files].map(async (file) => api.bring(session.as, file.name, await base64(file)));
      files = (await Promise.all(brought)).map((answer) => answer.file);
    } catch {
      files = [];
      input.value = "";
    }
    waits -= 1;
    show();
  });
  const problem = () => {
    if (waits) return say("still_handing_over");
    if (files.some((file) => file.size > 10_000_000)) return say("file_too_large");
    return place.ask?.required && !files.length ? say("required") : "";
  };
  const write = (value) => {
    files = value.files ?? [];
    show();
  };
  return keepField(node, one, { read: () => ({ files }), write, problem });
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.split(",")[1] ?? ""));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
