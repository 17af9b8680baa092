// A button that opens a short menu: the "…" of a message, the overflow element, the shortcuts beside the composer.

import { freshId, h } from "./dom.js";
import { closePopup, isOpen, openPopup } from "./popup.js";

/** `items` are {label, description?, href?, act()}; `name` is what the button is called, `sign` what it shows. */
export function menuButton({ name, sign, items, handle }) {
  const id = freshId("menu");
  const menu = h("div", { id, role: "menu", class: "popup", popover: "manual", "aria-label": name });
  const button = h(
    "button",
    { type: "button", class: "icon", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": name, title: name, data: { handle } },
    sign,
  );
  menu.append(...items.map((item) => menuItem(item, button, menu)));
  button.addEventListener("click", () => toggle(button, menu));
  menu.addEventListener("keydown", (event) => moveIn(event, menu, button));
  return h("span", { class: "menu" }, button, menu);
}

function toggle(button, menu) {
  if (isOpen(menu)) return closePopup(menu);
  openPopup(button, menu, () => button.setAttribute("aria-expanded", "false"));
  button.setAttribute("aria-expanded", "true");
  return menu.firstElementChild?.focus();
}

function menuItem({ label, description, href, act }, button, menu) {
  const choose = () => {
    closePopup(menu);
    button.focus();
    act?.();
  };
  const words = [label, description && h("small", {}, description)];
  const shared = { role: "menuitem", tabindex: "-1", on: { click: choose } };
  return href
    ? h("a", { ...shared, href, target: "_blank", rel: "noopener noreferrer" }, words)
    : h("button", { ...shared, type: "button" }, words);
}

function moveIn(event, menu, button) {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next !== undefined) items[(next + items.length) % items.length]?.focus();
  else if (event.key === "Escape" || event.key === "Tab") {
    closePopup(menu);
    button.focus();
  } else return;
  if (event.key !== "Tab") event.preventDefault();
}
