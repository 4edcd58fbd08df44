import type { Commands } from '@groundswell/client';
import type { Tab } from '@groundswell/protocol';
import { useMemo, useSyncExternalStore } from 'react';
import type { TimelineView } from '../live/batched-timeline.js';
import { Outbox } from './outbox.js';
import type { Pending } from './outbox.js';

export function useOutbox(commands: Commands, event: string): Outbox {
  return useMemo(() => new Outbox(commands, event), [commands, event]);
}

/** What a tab still has to show of the viewer's own posts: those that it should have and that have not come yet. */
export function usePending(outbox: Outbox, tab: Tab, view: TimelineView): readonly Pending[] {
  const posts = useSyncExternalStore(outbox.subscribe, outbox.posts);
  return useMemo(() => posts.filter((post) => isPendingIn(post, tab, view)), [posts, tab, view]);
}

export function isPendingIn({ audience, delivery }: Pending, tab: Tab, view: TimelineView): boolean {
  if (tab === 'everyone' && audience === 'friends') return false;
  return delivery.t !== 'stored' || !view.covers(delivery.id, delivery.seq);
}
