import type { Commands } from '@groundswell/client';
import type { ConsentView, NamedMember, RelationshipView, WatchersView, WatchesView } from '@groundswell/protocol';
import { useCallback } from 'react';
import { useSide, type Side } from '../side/use-side.js';

/** All that the panel shows. */
export type RelationshipSide = RelationshipView &
  ConsentView &
  WatchersView &
  WatchesView & {
    /** Friends who are not watched yet. */
    others: NamedMember[];
  };

/** What the viewer publishes of a relationship, who is told, and whose the viewer wants to be told of. */
export function useRelationship(commands: Commands): Side<RelationshipSide> {
  return useSide(useCallback(() => read(commands), [commands]));
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
