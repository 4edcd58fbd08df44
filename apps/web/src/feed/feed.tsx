import { useContext, useState } from 'react';
import { PendingCard } from '../compose/pending-card.js';
import type { TimelineView } from '../live/batched-timeline.js';
import { PendingContext } from './feed-actions.js';
import { holdBack, seqOf } from './held-entries.js';
import { LooseCommentCard } from './loose-comment-card.js';
import { NewPill } from './new-pill.js';
import { PinnedStories } from './pinned-stories.js';
import { StoryCard } from './story-card.js';
import { useAtTop } from './use-at-top.js';

interface Props {
  label: string;
  view: TimelineView;
  /** Said when there is nothing to show. */
  empty: string;
  /** Positions that were left out because the page was too far behind. */
  missed: number;
}

/** One tab's list. New statuses wait behind a button while the reader is further down. */
export function Feed({ label, view, empty, missed }: Props) {
  const atTop = useAtTop();
  const pending = useContext(PendingContext).filter((post) => post.of === undefined);
  /** Position of the newest entry that was drawn while the top was on screen. */
  const [seen, setSeen] = useState<number>();
  const [newest] = view.entries;
  if (atTop && newest && seqOf(newest) !== seen) setSeen(seqOf(newest));
  const { shown, waiting } = holdBack(view.entries, atTop ? undefined : seen);

  return (
    <>
      <NewPill count={waiting} />
      <PinnedStories stories={view.pinned} />
      <div role="feed" aria-label={label} className="feed">
        {pending.map((post) => (
          <PendingCard key={post.local} post={post} />
        ))}
        {shown.map((entry) =>
          entry.t === 'story' ? (
            <StoryCard key={entry.id} entry={entry} />
          ) : (
            <LooseCommentCard key={entry.id} entry={entry} />
          ),
        )}
      </div>
      {shown.length === 0 && pending.length === 0 && <p className="empty">{empty}</p>}
      {missed > 0 && <p className="empty">While you were away, {missed} older posts were left out.</p>}
    </>
  );
}
