// A refusal of the server as a sentence: the page's own where it has one for that code, else the server's.

import { knows, say } from "./words.js";

const OWN = ["operation_timeout", "dispatch_failed", "no_connection"];

/** What to show for `refusal`, which answered `what` ("/ptf", a button's words). */
export function refusalWords(refusal, what) {
  if (!("code" in refusal)) throw refusal;
  if (OWN.includes(refusal.code) && knows(refusal.code)) return say(refusal.code, { what });
  const told = say("refused", { what, code: refusal.code });
  return refusal.sentence ? `${told} ${refusal.sentence}` : told;
}
