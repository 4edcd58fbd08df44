import type { Entry } from './entries.js';

/** Entries without what hidden authors wrote; those that hold nothing of theirs are the same objects. */
export function withoutHidden(entries: readonly Entry[], hidden: ReadonlySet<string>): readonly Entry[] {
  if (hidden.size === 0) return entries;
  return entries.flatMap((entry) => {
    if (entry.t === 'comment') return hidden.has(entry.comment.author.id) ? [] : entry;
    if (hidden.has(entry.add.author.id)) return [];
    const comments = entry.comments.filter(({ author }) => !hidden.has(author.id));
    return comments.length === entry.comments.length ? entry : { ...entry, comments };
  });
}
