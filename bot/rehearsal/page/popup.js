// What opens over the rest: placed beside its anchor, above any dialog, following it, closed by a click elsewhere or Escape.

let open = null;

/** Show `node` (a popover) under `anchor`, or above it where there is more room. `onClose` is called when it goes. */
export function openPopup(anchor, node, onClose = () => {}) {
  if (open?.node !== node) closePopup();
  node.showPopover();
  open = { anchor, node, onClose };
  place(anchor, node);
}

/** Close what is open, if it is `node` (or whatever it is, without one). */
export function closePopup(node = null) {
  if (!open || (node && open.node !== node)) return;
  const { node: shown, onClose } = open;
  open = null;
  if (shown.isConnected) shown.hidePopover();
  onClose();
}

/** Whether `node` is the one that is open. */
export const isOpen = (node) => open?.node === node && node.isConnected;

/** Put it where it belongs again, after its content has changed. */
export function placeAgain() {
  if (open) place(open.anchor, open.node);
}

function place(anchor, node) {
  const around = anchor.getBoundingClientRect();
  const below = innerHeight - around.bottom - 8;
  const above = around.top - 8;
  const upwards = below < Math.min(node.scrollHeight, 240) && above > below;
  node.style.minWidth = `${Math.min(around.width, innerWidth - 16)}px`;
  node.style.maxHeight = `${Math.max(upwards ? above : below, 96)}px`;
  const size = node.getBoundingClientRect();
  node.style.top = `${upwards ? around.top - size.height - 4 : around.bottom + 4}px`;
  node.style.left = `${Math.max(8, Math.min(around.left, innerWidth - size.width - 8))}px`;
}

function inView(anchor) {
  const { top, bottom } = anchor.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** Watch for the clicks and scrolls that close; called once by the page. */
export function watchPopups() {
  addEventListener("pointerdown", (event) => {
    if (open && !open.node.contains(event.target) && !open.anchor.contains(event.target)) closePopup();
  });
  addEventListener("scroll", (event) => {
    if (!open || open.node.contains(event.target)) return;
    if (inView(open.anchor)) placeAgain();
    else closePopup();
  }, true);
  addEventListener("resize", () => closePopup());
}
