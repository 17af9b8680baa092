// Persons and channels named inside a text.

import { h } from "./dom.js";
import { personOf, session } from "./state.js";

/** A highlighted name. */
export const mention = (text, own = false) => h("span", { class: own ? "mention own" : "mention" }, text);

/** @name of a person; an unknown id shows the label, else the id. */
export function personMention(id, label = null) {
  const name = personOf(id)?.name ?? label ?? id;
  return mention(`@${name}`, id === session.as);
}

/** #name of a channel. */
export function channelMention(id, label = null) {
  const channel = session.server?.channels.find((one) => one.id === id);
  return mention(`#${channel?.name ?? label ?? id}`);
}
