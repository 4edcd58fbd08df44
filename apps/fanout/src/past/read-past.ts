import type { PastStory } from '@groundswell/feed';
import { recents, type Recents, type RecentStory, type Store } from '@groundswell/store';
import type { FoundPast } from './past-source.js';

/**
 * Stories that are read for a snapshot of 30: so many more than it shows that it is still whole when some are taken back
 * meanwhile, and that rank *top* has something to choose from.
 */
export const PAST_STORIES = 60;

/** The newest stories of authors, from what the projectors keep of each. One flight. */
export async function readPast(store: Store, event: string, authors: readonly string[]): Promise<FoundPast> {
  const { stories, more, checkpoint }: Recents = await recents(store, event, { authors, limit: PAST_STORIES });
  return { stories: stories.map(toPast), more, checkpoint };
}

function toPast({ status, comments, counts }: RecentStory): PastStory {
  const { seq, audience, id, author } = status;
  return {
    status: { kind: 'status', seq, audience, message: status },
    comments: comments.map((comment) => ({
      kind: 'comment',
      seq: comment.seq,
      audience: comment.audience,
      message: comment,
    })),
    // Nothing was told yet.
    ...(counts.asOf === 0 ? {} : { counts: { of: id, ofAuthor: author.id, ...counts } }),
  };
}
