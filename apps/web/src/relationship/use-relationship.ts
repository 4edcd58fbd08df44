import type { Commands } from '@groundswell/client';
import type { ConsentView, NamedMember, RelationshipView, WatchersView, WatchesView } from '@groundswell/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import { messageOf } from '../compose/message-of.js';

/** All that the panel shows. */
export type RelationshipSide = RelationshipView &
  ConsentView &
  WatchersView &
  WatchesView & {
    /** Friends who are not watched yet. */
    others: NamedMember[];
  };

export type RelationshipState =
  | { t: 'loading' }
  | { t: 'failed'; message: string }
  | { t: 'ready'; side: RelationshipSide; busy: boolean; message?: string };

/** How often it is read anew while the page is visible: somebody may want to be told. Milliseconds. */
const REFRESH_MS = 60_000;

export interface Relationship {
  state: RelationshipState;
  /** Sends a command; everything is busy until it has been read what came of it. */
  change: (command: () => Promise<unknown>) => void;
}

async function read(commands: Commands): Promise<RelationshipSide> {
  const [own, consent, watchers, watches, { friends }] = await Promise.all([
    commands.relationship(),
    commands.watchConsent(),
    commands.watchers(),
    commands.watches(),
    commands.friends(),
  ]);
  const watched = new Set(watches.watches.map(({ id }) => id));
  return { ...own, ...consent, ...watchers, ...watches, others: friends.filter(({ id }) => !watched.has(id)) };
}

/** What the viewer publishes of a relationship, who is told, and whose the viewer wants to be told of. */
export function useRelationship(commands: Commands): Relationship {
  const [state, setState] = useState<RelationshipState>({ t: 'loading' });
  /** Number of the newest reading: an older one that ends later is dropped. */
  const newest = useRef(0);

  const show = useCallback((side: Promise<RelationshipSide>) => {
    const reading = ++newest.current;
    const apply = (of: (was: RelationshipState) => RelationshipState): void => {
      if (reading === newest.current) setState(of);
    };
    side.then(
      (found) => apply(() => ({ t: 'ready', side: found, busy: false })),
      // What is shown is better than a message that it could not be read again.
      (error: unknown) =>
        apply((was) => (was.t === 'ready' ? { ...was, busy: false } : { t: 'failed', message: messageOf(error) })),
    );
  }, []);

  useEffect(() => {
    show(read(commands));
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') show(read(commands));
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [commands, show]);

  const change = useCallback(
    (command: () => Promise<unknown>) => {
      setState((was) => (was.t === 'ready' ? { t: 'ready', side: was.side, busy: true } : was));
      command().then(
        () => show(read(commands)),
        (error: unknown) =>
          setState((was) => (was.t === 'ready' ? { ...was, busy: false, message: messageOf(error) } : was)),
      );
    },
    [commands, show],
  );
  return { state, change };
}
