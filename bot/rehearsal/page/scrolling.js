// Where a list of messages stands when it grows.

/** Stay at the end of a list when one was there (or has just come), else stay where one reads. */
export function keepingEnd(scrolling, first, fill) {
  const atEnd = first || scrolling.scrollHeight - scrolling.scrollTop - scrolling.clientHeight < 60;
  const before = scrolling.scrollHeight;
  fill();
  if (atEnd && (first || scrolling.scrollHeight !== before)) scrolling.scrollTop = scrolling.scrollHeight;
}
