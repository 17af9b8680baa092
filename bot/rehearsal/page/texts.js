// Text objects as nodes.

import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

/** A text object: plain_text is literal (shortcodes aside), mrkdwn is read; nothing for none. */
export function text(object) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text, { verbatim: object.verbatim === true });
  return [object.emoji === false ? object.text : withEmoji(object.text)];
}
