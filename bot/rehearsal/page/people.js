// Who is in the workspace, and which of them one is.

import { h } from "./dom.js";
import { become, session } from "./state.js";
import { pick, say } from "./words.js";

/** The round with somebody's initials, in their colour. */
export function avatar(person) {
  const words = (person?.name ?? "?").split(/[\s\-–—(]+/).filter(Boolean);
  const initials = words.slice(0, 2).map((word) => word[0].toUpperCase()).join("");
  const node = h("span", { class: `avatar ${person?.kind ?? ""}`, "aria-hidden": "true" }, initials);
  if (person?.color) node.style.setProperty("--own", `#${person.color.replace(/^#/, "")}`);
  return node;
}

/** A mark for those who are not plain members: app, guest, external, deactivated. */
export function badge(person) {
  const marked = ["bot", "guest", "external", "deactivated"].includes(person?.kind);
  return marked ? h("span", { class: `badge ${person.kind}` }, say(person.kind)) : null;
}

/** The button of the top bar that tells who one is. */
export function whoButton() {
  const { me } = session.server;
  const words = say("you_are", { name: me.name });
  return h(
    "button",
    { type: "button", id: "who", title: words, "aria-label": words, on: { click: openChooser } },
    avatar(me), h("span", { class: "wide" }, h("strong", {}, me.name), h("small", {}, pick(me.title))),
  );
}

/** The list of the people one can be. `onChoice` hears that a choice was made. */
export function chooser(onChoice = () => {}) {
  const people = session.server.people.filter((person) => person.can_be);
  const choice = (person) => h(
    "button",
    {
      type: "button", class: "person", "aria-label": `${say("be", { name: person.name })}: ${pick(person.title)}`,
      "aria-current": person.id === session.as ? "true" : null, data: { person: person.id },
      on: { click: () => { onChoice(); become(person); } },
    },
    avatar(person), h("span", {}, h("strong", {}, person.name, " ", badge(person)), h("small", {}, pick(person.title))),
  );
  return h("div", { class: "people" }, people.map((person) => choice(person)));
}

function openChooser() {
  const dialog = h(
    "dialog",
    { class: "form wide", "aria-labelledby": "who-title" },
    h("header", {}, h("h2", { id: "who-title" }, say("who")),
      h("button", { type: "button", class: "icon", "aria-label": say("close"), on: { click: () => dialog.close() } }, "×")),
    h("div", { class: "body" }, h("p", { class: "quiet" }, say("who_hint")), chooser(() => dialog.close())),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.getElementById("forms").append(dialog);
  dialog.showModal();
  dialog.querySelector("[aria-current], .person")?.focus();
}
