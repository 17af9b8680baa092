// The commands offered while one types "/…": arrows to move, Enter or Tab to take, Escape to leave.

import { freshId, h } from "./dom.js";
import { closePopup, isOpen, openPopup, placeAgain } from "./popup.js";
import { session } from "./state.js";
import { pick, say } from "./words.js";

const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");

/** What fits the text typed so far: its beginning, or (one word) the beginning of any word of a command. */
export function fitting(typed, completions) {
  if (!typed.startsWith("/") || typed.includes("\n")) return [];
  const wanted = fold(typed);
  const begins = completions.filter((one) => fold(one.text).startsWith(wanted));
  const word = wanted.slice(1);
  if (begins.length || !word || word.includes(" ")) return begins;
  return completions.filter((one) => fold(one.text).split(" ").some((each) => each.startsWith(word)));
}

/** The list for `area`: {list, onKey(event)}; onKey is true when it has used the key. */
export function completion(area) {
  const id = freshId("completions");
  const list = h("div", { id, role: "listbox", class: "popup completions", popover: "manual", "aria-label": say("commands") });
  const self = { area, list, items: [], active: -1 };
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", id);
  area.setAttribute("aria-haspopup", "listbox");
  area.addEventListener("input", () => offer(self));
  area.addEventListener("blur", () => closePopup(list));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  return { list, onKey: (event) => onKey(self, event) };
}

function offer(self) {
  const { area, list } = self;
  self.items = fitting(area.value, session.server.app.completions).slice(0, 30);
  if (!self.items.length) return closePopup(list);
  list.replaceChildren(...self.items.map((one) => option(self, one)));
  openPopup(area.closest(".box"), list, () => area.removeAttribute("aria-activedescendant"));
  placeAgain();
  const exact = self.items.findIndex((one) => fold(one.text) === fold(area.value.trim()));
  return point(self, Math.max(exact, 0));
}

function option(self, one) {
  const words = [h("span", {}, one.text), h("small", {}, pick(one.description))];
  return h("div", { id: freshId("completion"), role: "option", "aria-selected": "false", on: { click: () => take(self, one) } }, words);
}

function point(self, at) {
  self.active = (at + self.items.length) % self.items.length;
  [...self.list.children].forEach((node, index) => {
    node.classList.toggle("active", index === self.active);
    node.setAttribute("aria-selected", String(index === self.active));
  });
  const active = self.list.children[self.active];
  self.area.setAttribute("aria-activedescendant", active.id);
  active.scrollIntoView({ block: "nearest" });
}

function take(self, one) {
  self.area.value = `${one.text} `;
  self.area.dispatchEvent(new Event("input"));
  closePopup(self.list);
}

function onKey(self, event) {
  if (!isOpen(self.list)) return false;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const chosen = self.items[self.active];
  if (step) point(self, self.active + step);
  else if (event.key === "Escape") closePopup(self.list);
  else if (event.key === "Tab" && !event.shiftKey) take(self, chosen);
  else if (event.key === "Enter" && !event.shiftKey) {
    closePopup(self.list);
    if (fold(chosen.text) === fold(self.area.value.trim())) return false;
    take(self, chosen);
  } else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}
