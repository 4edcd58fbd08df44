/** What a story's place in a viewer's Friends goes by. */
export interface Standing {
  /** Comments that the viewer wrote on stories of its author. */
  own: number;
  /** Comments and likes that it has. */
  engagement: number;
  /** When it was posted, Unix milliseconds. */
  at: number;
  /** Position in the log. */
  seq: number;
}

/**
 * Stories from the one with the highest affinity × engagement × decay to the lowest, at most `size`; of equals the newer
 * one first. With `own`, `engagement` and `age` of a story:
 *
 *     (1 + ln(1 + own)) × (1 + ln(1 + engagement)) × e^(−age ÷ τ)
 *
 * Time passes for all alike, so an order holds until somebody posts, likes or comments.
 */
export function rankFriends<T extends Standing>(
  stories: readonly T[],
  { tauMs, size }: { tauMs: number; size: number },
): T[] {
  let newest = -Infinity;
  for (const { at } of stories) newest = Math.max(newest, at);
  // As logarithms: what is a few hours older than the newest would be nothing but zeros.
  const score = ({ own, engagement, at }: Standing): number =>
    Math.log1p(Math.log1p(own)) + Math.log1p(Math.log1p(engagement)) + (at - newest) / Math.max(1, tauMs);
  return stories
    .map((story) => ({ story, score: score(story) }))
    .sort((a, b) => b.score - a.score || b.story.seq - a.story.seq)
    .slice(0, size)
    .map(({ story }) => story);
}
