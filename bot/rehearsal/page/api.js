// The server's JSON, one function a call. A refusal or a dead connection is thrown as Refusal.

/** What the server would not do: `code` as Slack names it, `message` a sentence (may be empty), `errors` by block. */
export class Refusal extends Error {
  constructor(code, message = "", errors = null) {
    super(message || code);
    this.code = code;
    this.sentence = message;
    this.errors = errors;
  }
}

async function call(path, options) {
  let answer;
  try {
    const response = await fetch(`/page/api/${path}`, options);
    answer = await response.json();
  } catch {
    throw new Refusal("no_connection");
  }
  if (answer.ok === false || answer.error) throw new Refusal(answer.error ?? "refused", answer.message, answer.errors);
  return answer;
}

function get(path, values) {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  return call(`${path}?${new URLSearchParams(given)}`, { headers: { Accept: "application/json" } });
}

function post(path, body) {
  return call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

export const fetchState = (as) => get("state", { as });
export const fetchMessages = (as, channel, thread = null) => get("messages", { as, channel, thread });
/** `quiet`: look again without telling the bot that the tab was opened. */
export const fetchHome = (as, quiet) => get("home", { as, quiet: quiet ? 1 : null });
export const fetchViews = (as) => get("views", { as });
export const poll = (after) => get("poll", { after });
export const say = (as, channel, text, thread) => post("say", { as, channel, text, ...(thread && { thread }) });
export const rewrite = (as, channel, ts, text) => post("rewrite", { as, channel, ts, text });
export const takeAway = (as, channel, ts) => post("take_away", { as, channel, ts });
export const act = (body) => post("act", body);
export const submit = (as, view_id, values) => post("submit", { as, view_id, values });
export const bring = (as, name, content) => post("bring", { as, name, content });
export const close = (as, view_id) => post("close", { as, view_id });
export const suggest = (body) => post("suggest", body);
export const shortcut = (body) => post("shortcut", body);
export const markRead = (as, channel) => post("read", { as, channel });
export const become = (as, channel, change) => post("become", { as, channel, change });
export const advance = (to) => post("clock", { to });
