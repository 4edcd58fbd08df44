import { socketAddress } from '@groundswell/client';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Session } from '../session/session.js';
import type { BatchedTimeline, TimelineView } from './batched-timeline.js';
import { LiveFeed } from './live-feed.js';
import type { FeedStatus } from './live-feed.js';

/** The feed of an event for whoever is signed in; another viewer gets another feed. */
export function useLiveFeed(event: string, session: Session): { feed: LiveFeed; status: FeedStatus } {
  const token = session.t === 'in' ? session.token : undefined;
  const viewer = session.t === 'in' ? session.member.id : undefined;
  const feed = useMemo(
    () =>
      new LiveFeed({
        url: socketAddress(window.location.origin),
        event,
        token: () => token,
        // Networks that let no socket through still have Everyone.
        fallback: { baseUrl: '' },
        ...(viewer === undefined ? {} : { viewer }),
      }),
    [event, token, viewer],
  );
  useEffect(() => feed.start(), [feed]);
  return { feed, status: useSyncExternalStore(feed.subscribe, feed.status) };
}

/** What a tab holds, drawn again at most a few times a second. */
export function useTimeline(timeline: BatchedTimeline): TimelineView {
  return useSyncExternalStore(timeline.subscribe, timeline.view);
}
