// What a screen reader is told without moving: new messages here and elsewhere.

import { channelName } from "./channels.js";
import { personOf, session } from "./state.js";
import { say } from "./words.js";

/** Say `words` politely. */
export function heard(words) {
  const region = document.getElementById("heard");
  region.append(Object.assign(document.createElement("p"), { textContent: words }));
  while (region.children.length > 5) region.firstElementChild.remove();
}

let before = { at: "", seen: new Set(), unread: new Map() };

/** Tell what is new since the last look: messages of others in what is shown, and channels with more unread. */
export function tellNew() {
  const at = `${session.as} ${session.place?.id} ${session.thread}`;
  const shown = [...(session.messages ?? []), ...(session.replies ?? [])];
  const unread = new Map(session.server.channels.map((channel) => [channel.id, channel.unread]));
  if (at === before.at && before.seen.size) shown.filter((one) => !before.seen.has(one.ts)).forEach(tellMessage);
  if (before.at.startsWith(session.as)) session.server.channels.filter((one) => isMore(one)).forEach((channel) => {
    heard(say("new_elsewhere", { name: channelName(channel) }));
  });
  before = { at, seen: new Set(shown.map((one) => one.ts)), unread };
}

const isMore = ({ id, unread }) => id !== session.place?.id && unread > (before.unread.get(id) ?? unread);

function tellMessage(one) {
  if (one.user === session.as || one.deleted) return;
  heard(say("new_message", { name: personOf(one.user)?.name ?? "", text: (one.text ?? "").slice(0, 300) }));
}
