// The page put together: who, where, which language; then look again whenever the workspace changes.

import * as api from "./api.js";
import { channelName, drawChannels } from "./channels.js";
import { clockBar } from "./clock.js";
import { drawDialogs } from "./dialogs.js";
import { h, reconcile } from "./dom.js";
import { tellNew } from "./heard.js";
import { chooser, whoButton } from "./people.js";
import { drawPlace, forgetPlace } from "./place.js";
import { watchPopups } from "./popup.js";
import { changed, channelHere, onChange, openThread, readAddress, refresh, session } from "./state.js";
import { drawThread } from "./thread.js";
import { LANGUAGES, say, spoken, useLanguage } from "./words.js";

const byId = (id) => document.getElementById(id);

function draw() {
  byId("trouble").hidden = !session.trouble;
  byId("trouble").textContent = troubleWords();
  if (!session.server) return;
  byId("skip").textContent = say("skip");
  drawTop();
  document.body.classList.toggle("nobody", !session.server.me);
  if (session.server.me) drawRoom();
  else drawLanding();
}

function troubleWords() {
  if (!session.trouble) return "";
  return session.trouble === "no_connection" ? say("no_connection") : say("form_refused", { code: session.trouble });
}

function drawRoom() {
  drawChannels(byId("channels"));
  drawPlace(byId("place"));
  drawThread(byId("thread"));
  drawDialogs();
  tellNew();
  const here = channelHere();
  const unread = session.server.channels.reduce((sum, channel) => sum + channel.unread, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${here ? channelName(here) : session.server.app.name} – ${session.server.team.name}`;
}

function drawLanding() {
  forgetPlace();
  document.title = session.server.team.name;
  byId("place").replaceChildren(h(
    "div", { class: "landing" }, h("h1", {}, say("who")), h("p", {}, say("who_hint")), chooser(),
  ));
}

/** The top bar in parts, each rebuilt only when it has changed, so that the focus stays. */
function drawTop() {
  const { team, me, now, clock, zone } = session.server;
  const parts = [
    { key: "team", sign: [team, Boolean(me)], build: () => teamPart(team, me) },
    { key: "clock", sign: [now, zone, clock], build: clockBar },
    { key: "language", sign: [], build: languageSwitch },
    ...(me ? [{ key: "me", sign: me, build: whoButton }] : []),
  ];
  reconcile(byId("top"), parts, {
    key: (part) => part.key, sign: (part) => JSON.stringify([spoken(), part.sign]), build: (part) => part.build(),
  });
}

function teamPart(team, me) {
  const browse = h("button", { type: "button", class: "icon browse", "aria-label": say("show_channels"), "aria-expanded": "false" }, "☰");
  browse.addEventListener("click", () => {
    browse.setAttribute("aria-expanded", String(document.body.classList.toggle("browsing")));
    if (document.body.classList.contains("browsing")) document.querySelector("#channels button")?.focus();
  });
  return h("div", { class: "team" }, me && browse, h("p", {}, h("strong", {}, team.name), h("small", {}, say("rehearsal"))));
}

function languageSwitch() {
  const choose = (language) => () => {
    useLanguage(language, true);
    const given = new URLSearchParams(location.search);
    given.set("lang", language);
    history.replaceState(null, "", `?${given}`);
    changed();
  };
  const one = (language) => h(
    "button",
    {
      type: "button", "aria-pressed": String(language === spoken()), lang: language, data: { handle: language },
      on: { click: choose(language) },
    },
    language.toUpperCase(),
  );
  return h("div", { class: "languages", role: "group", "aria-label": say("language") }, LANGUAGES.map(one));
}

/** Wait for changes, for ever; while the server is away, say so and try again a little later each time. */
async function follow() {
  for (let wait = 500; ; wait = Math.min(wait * 2, 8000)) {
    try {
      const { version } = await api.poll(session.server?.version ?? 0);
      if (version !== session.server?.version || session.trouble) await refresh();
    } catch (refusal) {
      if (!("code" in refusal)) throw refusal;
      session.trouble = refusal.code;
      changed();
    }
    if (session.trouble) await new Promise((resolve) => setTimeout(resolve, wait));
    else wait = 250;
  }
}

function onEscape(event) {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (document.body.classList.contains("browsing")) document.querySelector(".browse").click();
  else if (session.thread) openThread(null).then(() => byId("composer-text")?.focus());
}

readAddress();
onChange(draw);
watchPopups();
addEventListener("keydown", onEscape);
await refresh();
follow();
