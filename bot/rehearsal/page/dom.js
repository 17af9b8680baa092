// Nodes built by hand: text is always a text node, never markup, so nothing a person wrote can become a tag.

/** An element: h("a", {class, href, on: {click}, data: {x}}, "text", node, [more]). null, false and undefined are skipped. */
export function h(tag, given = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : String(value));
  }
  node.append(...flat(children));
  return node;
}

function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

let counter = 0;

/** An id no other element of the page has. */
export function freshId(stem) {
  counter += 1;
  return `${stem}-${counter}`;
}

/** Only addresses that lead somewhere harmless; anything else (javascript:, data:) gives null. */
export function safeUrl(url) {
  return /^(https?:\/\/|mailto:|tel:|\/(?!\/))/i.test(url ?? "") ? url : null;
}

/**
 * Make `list` show `items` in order, rebuilding only those whose `sign` changed, so that what is open, typed or focused in
 * the others stays. `build(item)` gives the node.
 */
export function reconcile(list, items, { key, sign, build }) {
  const old = new Map([...list.children].map((node) => [node.dataset.key, node]));
  const wanted = items.map((item) => {
    const kept = old.get(key(item));
    if (kept && kept.dataset.sign === sign(item)) return kept;
    const node = build(item);
    node.dataset.key = key(item);
    node.dataset.sign = sign(item);
    if (kept) replace(kept, node);
    return node;
  });
  wanted.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
  while (list.children.length > wanted.length) list.lastElementChild.remove();
}

/** Put `node` where `old` stood and, if the focus was inside, give it back to the same control (or the nearest thing). */
export function replace(old, node) {
  const held = old.contains(document.activeElement) ? handleOf(document.activeElement) : null;
  old.replaceWith(node);
  if (held === null) return;
  const same = held && node.querySelector(`[data-handle="${CSS.escape(held)}"]`);
  const next = same || node.querySelector("button, a[href], input, textarea") || node;
  next.focus({ preventScroll: true });
}

function handleOf(node) {
  return node.closest("[data-handle]")?.dataset.handle ?? "";
}
