// The app's Home tab.

import { drawBlocks } from "./blocks.js";
import { h, reconcile } from "./dom.js";
import { session } from "./state.js";
import { say, spoken } from "./words.js";

/** Draw the Home tab into `body`, rebuilding only when the view has changed. */
export function drawHome(body) {
  const view = session.home?.view;
  const lines = [{ key: view?.id ?? (session.home ? "none" : "loading"), view }];
  reconcile(body, lines, {
    key: (line) => line.key,
    sign: (line) => JSON.stringify([spoken(), line.view?.blocks ?? null]),
    build: ({ key, view: shown }) => (shown ? drawn(shown) : h("p", { class: "empty" }, say(key === "none" ? "no_home" : "loading"))),
  });
}

function drawn(view) {
  const place = { container: { type: "view", view_id: view.id } };
  return h("div", { class: "home", data: { values: "" } }, drawBlocks(view.blocks, place));
}
