import type { Received } from './viewer.js';

/** Viewers that got the same share what is kept of it. */
export function keeper(): (item: Received) => Received {
  const items = new Map<string, Received>();
  return (item) => {
    const known = items.get(item.id);
    if (known?.seq === item.seq && known.text === item.text) return known;
    items.set(item.id, item);
    return item;
  };
}
