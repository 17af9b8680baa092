// A field that offers a list: type to narrow it, arrows to move, Enter to take, Escape to leave. One choice or several.

import { freshId, h } from "./dom.js";
import { closePopup, isOpen, openPopup, placeAgain } from "./popup.js";
import { refusalWords } from "./refusals.js";
import { say } from "./words.js";

/**
 * `offer(query)` gives (later) {groups: [{label, items: [{key, text, description?, raw}]}], hint?}; `onChange(chosen, control)`
 * hears each choice and may answer false to undo it. Returns {node, chosen(), choose(items)}.
 */
export function picker({ multi, max, about, clearable, handle, chosen: first, offer, onChange }) {
  const listId = freshId("list");
  const list = h("div", { id: listId, role: "listbox", class: "popup", popover: "manual", "aria-multiselectable": multi || null });
  const input = h("input", {
    type: "text", role: "combobox", autocomplete: "off", "aria-expanded": "false", "aria-controls": listId,
    "aria-autocomplete": "list", data: { handle }, ...about, placeholder: about.placeholder ?? say("choose"),
  });
  const chips = h("span", { class: "chips" });
  const clear = h("button", { type: "button", class: "icon clear", tabindex: "-1", "aria-label": say("clear") }, "×");
  const node = h("div", { class: `picker${multi ? " multi" : ""}` }, chips, input, clearable && !multi ? clear : null, list);
  const self = { multi, max, list, input, chips, clear, node, offer, onChange, items: [], sign: "", active: -1, chosen: first, turn: 0 };
  show(self);
  listen(self);
  return { node, chosen: () => self.chosen, choose: (items) => { self.chosen = items; show(self); } };
}

function show(self) {
  self.input.value = self.multi ? "" : self.chosen[0]?.text ?? "";
  self.clear.hidden = !self.chosen.length;
  self.chips.replaceChildren(...(self.multi ? self.chosen.map((one) => chip(self, one)) : []));
}

function chip(self, one) {
  const name = say("remove", { name: one.text });
  const drop = () => {
    take(self, self.chosen.filter((other) => other.key !== one.key));
    self.input.focus();
  };
  return h("span", { class: "chip" }, one.text, h("button", { type: "button", "aria-label": name, on: { click: drop } }, "×"));
}

function listen(self) {
  const { input, list, clear } = self;
  input.addEventListener("click", () => openList(self, ""));
  input.addEventListener("input", () => openList(self, input.value));
  input.addEventListener("keydown", (event) => onKey(self, event));
  input.addEventListener("blur", () => {
    closePopup(list);
    show(self);
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  clear.addEventListener("click", () => {
    take(self, []);
    input.focus();
  });
}

async function openList(self, query) {
  self.turn += 1;
  const mine = self.turn;
  const offered = await self.offer(query).catch((refusal) => ({ groups: [], hint: refusalWords(refusal, query) }));
  if (mine !== self.turn || document.activeElement !== self.input) return;
  fillList(self, offered);
  openPopup(self.node, self.list, () => closed(self));
  self.input.setAttribute("aria-expanded", "true");
  const at = self.items.findIndex((one) => one.key === self.chosen[0]?.key);
  point(self, query || self.multi ? 0 : Math.max(at, 0));
  placeAgain();
}

/** Fill the list, unless it shows the same already: a click under way must not lose its option. */
function fillList(self, { groups, hint }) {
  const sign = JSON.stringify([groups, hint, self.chosen]);
  if (sign === self.sign) return;
  self.sign = sign;
  self.items = groups.flatMap((group) => group.items);
  const isChosen = (one) => self.chosen.some((other) => other.key === one.key);
  const option = (one) => h(
    "div",
    { id: freshId("option"), role: "option", "aria-selected": String(isChosen(one)), on: { click: () => choose(self, one) } },
    h("span", {}, one.text), one.description && h("small", {}, one.description),
  );
  const drawn = groups.filter((group) => group.items.length).map((group) => (group.label
    ? h("div", { role: "group", "aria-label": group.label }, h("div", { class: "group" }, group.label), group.items.map(option))
    : group.items.map(option)));
  self.list.replaceChildren(...drawn.flat());
  if (!self.items.length) self.list.append(h("p", { class: "quiet" }, hint ?? say("nothing_found")));
}

function closed(self) {
  self.turn += 1;
  self.input.setAttribute("aria-expanded", "false");
  self.input.removeAttribute("aria-activedescendant");
}

function point(self, at) {
  const options = [...self.list.querySelectorAll("[role=option]")];
  self.active = options.length ? (at + options.length) % options.length : -1;
  options.forEach((option, index) => option.classList.toggle("active", index === self.active));
  const active = options[self.active];
  if (!active) return;
  self.input.setAttribute("aria-activedescendant", active.id);
  active.scrollIntoView({ block: "nearest" });
}

function onKey(self, event) {
  const open = isOpen(self.list);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && open) point(self, self.active + step);
  else if (step || (event.key === "Enter" && !open)) openList(self, "");
  else if (event.key === "Enter" && self.items[self.active]) choose(self, self.items[self.active]);
  else if (event.key === "Escape" && open) {
    closePopup(self.list);
    show(self);
  } else if (event.key === "Backspace" && self.multi && !self.input.value) return take(self, self.chosen.slice(0, -1));
  else return undefined;
  return event.preventDefault();
}

function choose(self, one) {
  closePopup(self.list);
  if (!self.multi) return take(self, [one]);
  const without = self.chosen.filter((other) => other.key !== one.key);
  const removed = without.length < self.chosen.length;
  return take(self, removed ? without : [...self.chosen, one].slice(0, self.max ?? undefined));
}

async function take(self, chosen) {
  const before = self.chosen;
  self.chosen = chosen;
  show(self);
  if ((await self.onChange(chosen, self.input)) !== false) return;
  self.chosen = before;
  show(self);
}
