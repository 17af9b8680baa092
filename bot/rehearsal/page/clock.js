// The simulated clock: what time it is in the rehearsal, and the buttons that move it.

import * as api from "./api.js";
import { h } from "./dom.js";
import { heard } from "./heard.js";
import { refusalWords } from "./refusals.js";
import { refresh, session } from "./state.js";
import { capital, clockTime, longDay, present } from "./times.js";
import { pick, say } from "./words.js";

/** "Wednesday 3 March 2027, 09:00 (Africa/Bamako)". */
const nowWords = () => `${capital(longDay(present()))}, ${clockTime(present())}`;

/** The bar with the time and its buttons. */
export function clockBar() {
  return h(
    "section",
    { id: "clock", "aria-label": say("clock") },
    h("p", { class: "now" },
      h("time", { datetime: session.server.now }, nowWords()), h("small", {}, ` ${session.server.zone.replace("_", " ")}`)),
    h("div", { class: "moves" }, h("span", { class: "quiet" }, say("advance")), session.server.clock.map(move)),
  );
}

function move({ to, label }) {
  const given = { type: "button", data: { handle: `clock-${to}`, to }, on: { click: () => advance(button, to) } };
  const button = h("button", given, pick(label));
  return button;
}

async function advance(button, to) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    await api.advance(to);
    await refresh();
    heard(say("clock_now", { when: `${longDay(present())}, ${clockTime(present())}` }));
  } catch (refusal) {
    button.closest("section").append(h("p", { class: "refusal", role: "alert" }, refusalWords(refusal, button.textContent)));
  }
  button.removeAttribute("aria-busy");
}
