// The list of channels, direct messages and the app, with what is unread.

import { h, reconcile } from "./dom.js";
import { avatar } from "./people.js";
import { botChannel, goTo, personOf, session } from "./state.js";
import { say, spoken } from "./words.js";

/** The name by which a channel goes: #name, or the person of a direct message. */
export function channelName(channel) {
  return channel.kind === "im" ? personOf(channel.with)?.name ?? channel.name : `#${channel.name}`;
}

/** Draw the list into `nav`. */
export function drawChannels(nav) {
  nav.setAttribute("aria-label", say("channels"));
  const { channels, app } = session.server;
  const bot = botChannel();
  const direct = channels.filter((channel) => channel.kind === "im" && channel !== bot);
  const home = { key: "home", place: { kind: "home", id: "home" }, name: say("home_of", { name: app.name }), mark: "⌂" };
  reconcile(nav, [
    { name: say("channels"), lines: channels.filter((channel) => channel.kind !== "im").map(lineOf) },
    { name: say("apps"), lines: [home, ...(bot ? [lineOf(bot)] : [])] },
    ...(direct.length ? [{ name: say("direct"), lines: direct.map(lineOf) }] : []),
  ], {
    key: (group) => group.name,
    sign: (group) => JSON.stringify([spoken(), group.lines, session.place, session.as]),
    build: section,
  });
}

const MARKS = { private: "🔒", shared: "#", public: "#" };

function lineOf(channel) {
  const im = channel.kind === "im";
  return {
    key: channel.id, place: { kind: "channel", id: channel.id }, unread: channel.unread, kind: channel.kind,
    name: im ? channelName(channel) : channel.name, mark: MARKS[channel.kind] ?? null, person: im ? channel.with : null,
  };
}

function section(group) {
  return h("section", {}, h("h2", {}, group.name), h("ul", {}, group.lines.map((line) => h("li", {}, place(line)))));
}

function place(line) {
  const here = line.place.id === session.place?.id;
  const kind = ["private", "shared"].includes(line.kind) ? h("span", { class: "unseen" }, ` (${say(line.kind)})`) : null;
  return h(
    "button",
    {
      type: "button", class: line.unread ? "line unread" : "line", "aria-current": here ? "page" : null,
      data: { handle: line.key, channel: line.key }, on: { click: () => open(line.place) },
    },
    h("span", { class: "mark", "aria-hidden": "true" }, line.mark ?? avatar(personOf(line.person))),
    h("span", { class: "name" }, line.name, kind),
    line.kind === "shared" && h("span", { class: "badge external", "aria-hidden": "true" }, say("external")),
    line.unread > 0 && h("span", { class: "count" }, String(line.unread), h("span", { class: "unseen" }, say("unread", { count: "" }))),
  );
}

async function open(place) {
  document.body.classList.remove("browsing");
  await goTo(place);
  (document.querySelector("#composer-text") ?? document.getElementById("place")).focus();
}
