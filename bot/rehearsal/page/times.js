// Instants told in the workspace's zone and the language of the page.

import { session } from "./state.js";
import { say, spoken } from "./words.js";

const formats = new Map();

/** `instant` (Date, UTC) told with Intl options, in the workspace's zone. */
export function told(instant, options) {
  const timeZone = session.server?.zone ?? "UTC";
  const name = JSON.stringify([spoken(), timeZone, options]);
  if (!formats.has(name)) formats.set(name, new Intl.DateTimeFormat(localeName(), { timeZone, ...options }));
  return formats.get(name).format(instant);
}

const localeName = () => (spoken() === "fr" ? "fr-FR" : "en-GB");
const LONG = { weekday: "long", day: "numeric", month: "long", year: "numeric" };

export const clockTime = (instant) => told(instant, { hour: "2-digit", minute: "2-digit" });
export const longDay = (instant) => told(instant, LONG);
export const shortDay = (instant) => told(instant, { day: "numeric", month: "short" });
/** A key that is the same for two instants of the same civil day: 2027-03-05. */
export const dayKey = (instant) => {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: session.server?.zone ?? "UTC" });
  return parts.format(instant);
};
/** The simulated present. */
export const present = () => new Date(session.server.now);

/** The line between two days: today, yesterday, or the whole date. */
export function dayWords(instant) {
  const day = dayKey(instant);
  if (day === dayKey(present())) return say("today");
  if (day === dayKey(new Date(present().getTime() - 86_400_000))) return say("yesterday");
  return capital(longDay(instant));
}

export const capital = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** "5 minutes ago", "in 3 days". */
export function ago(instant) {
  const seconds = Math.round((instant - present()) / 1000);
  const words = new Intl.RelativeTimeFormat(localeName(), { numeric: "auto" });
  for (const [unit, size] of [["day", 86_400], ["hour", 3_600], ["minute", 60]]) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return say("ago_now");
}

const TOKENS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: LONG,
  date_long_full: LONG,
  day_divider_pretty: LONG,
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

/** A Slack date format, "{date_short_pretty} {time}", filled for `seconds` since 1970. */
export function slackDate(seconds, format) {
  const instant = new Date(seconds * 1000);
  return format.replace(/\{(\w+?)(_pretty)?\}/g, (whole, token, pretty) => {
    if (token === "ago") return ago(instant);
    if (!TOKENS[token]) return whole;
    const words = dayWords(instant);
    const near = pretty && [say("today"), say("yesterday")].includes(words);
    return near ? words.toLocaleLowerCase() : told(instant, TOKENS[token]);
  });
}

/** How many seconds the workspace's clocks are ahead of UTC at `instant`. */
export function zoneOffset(instant) {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: session.server.zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
  }).formatToParts(instant);
  const part = (type) => Number(parts.find((one) => one.type === type).value);
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
  return Math.round((wall - instant.getTime()) / 60_000) * 60;
}
