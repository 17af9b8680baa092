// The select menus: which options they offer, what they start with, what they send.

import * as api from "./api.js";
import { act } from "./acting.js";
import { withEmoji } from "./emoji.js";
import { keepField, named } from "./fields.js";
import { picker } from "./picker.js";
import { session } from "./state.js";
import { pick, say } from "./words.js";

const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const item = (option) => ({
  key: option.value, text: withEmoji(option.text.text), description: option.description?.text, raw: option,
});
const person = (one) => ({ key: one.id, text: one.name, description: pick(one.title), raw: one.id });
const channel = (one) => ({ key: one.id, text: `#${one.name}`, description: one.topic, raw: one.id });

const people = () => session.server.people.filter((one) => one.kind !== "deactivated").map(person);
const channels = () => session.server.channels.filter((one) => one.kind !== "im").map(channel);
const fromIds = (offered) => (ids) => ids.map((id) => offered().find((one) => one.key === id) ?? { key: id, text: id, raw: id });

const KINDS = {
  static: { key: "option", many: "options", offer: staticOptions, revive: (options) => options.map(item) },
  external: { key: "option", many: "options", offer: externalOptions, revive: (options) => options.map(item) },
  users: { key: "user", many: "users", offer: local(people), revive: fromIds(people) },
  channels: { key: "channel", many: "channels", offer: local(channels), revive: fromIds(channels) },
  conversations: { key: "conversation", many: "conversations", offer: local(channels), revive: fromIds(channels) },
};

/** Any of Slack's ten select elements. */
export function select(one, place) {
  const multi = one.type.startsWith("multi_");
  const kind = KINDS[one.type.replace(/^multi_|_select$/g, "")];
  const state = (chosen) => (multi
    ? { [`selected_${kind.many}`]: chosen.map((each) => each.raw) }
    : { [`selected_${kind.key}`]: chosen[0]?.raw ?? null });
  const revive = (given, stem) => kind.revive(multi ? given[`${stem}_${kind.many}`] ?? [] : [given[`${stem}_${kind.key}`] ?? []].flat());
  const chooser = picker({
    multi, max: one.max_selected_items ?? null, about: named(one, place), clearable: multi || Boolean(place.ask),
    handle: `${place.blockId}/${one.action_id}`, chosen: revive(one, "initial"), offer: kind.offer(one, place),
    onChange: (chosen, control) => (place.dispatch ? act(one, place, state(chosen), control) : true),
  });
  const problem = () => (place.ask?.required && !chooser.chosen().length ? say("required") : "");
  const read = () => state(chooser.chosen());
  return keepField(chooser.node, one, { read, write: (value) => chooser.choose(revive(value, "selected")), problem });
}

function matching(items, query) {
  const wanted = fold(query);
  return items.filter((one) => fold(`${one.text} ${one.description ?? ""}`).includes(wanted));
}

function local(items) {
  return () => async (query) => ({ groups: [{ label: "", items: matching(items(), query) }] });
}

function grouped(given) {
  const groups = given.option_groups ?? [{ label: null, options: given.options ?? [] }];
  return groups.map((group) => ({ label: group.label?.text ?? "", items: group.options.map(item) }));
}

function staticOptions(one) {
  const groups = grouped(one);
  return async (query) => ({ groups: groups.map((group) => ({ ...group, items: matching(group.items, query) })) });
}

function externalOptions(one, place) {
  const least = one.min_query_length ?? 3;
  return async (query) => {
    if (query.length < least) return { groups: [], hint: say("type_more", { min: least }) };
    const asked = { as: session.as, container: place.container, block_id: place.blockId };
    return { groups: grouped(await api.suggest({ ...asked, action_id: one.action_id, value: query })) };
  };
}
