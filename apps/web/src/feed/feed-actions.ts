import { createContext, useContext } from 'react';
import type { Outbox, Pending } from '../compose/outbox.js';

/** What cards can do. Given once, so that a card is drawn again only when its own entry changes. */
export interface FeedActions {
  /** Id of the viewer; undefined when signed out: nothing can be written or deleted. */
  viewer: string | undefined;
  maxChars: number;
  outbox: Outbox;
  /** Likes a status, or does no longer. */
  like: (id: string, on: boolean) => Promise<void>;
  deleteStatus: (id: string) => Promise<void>;
  deleteComment: (of: string, id: string) => Promise<void>;
  /** Hides what a member writes, from the viewer only. */
  mute: (member: string) => Promise<void>;
  /** Hides the viewer and a member from each other, and ends their friendship. */
  block: (member: string) => Promise<void>;
}

export const ActionsContext = createContext<FeedActions | undefined>(undefined);

export function useActions(): FeedActions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error('A card was drawn outside ActionsContext.');
  return actions;
}

/** The viewer's own posts that the stream has not brought back yet. */
export const PendingContext = createContext<readonly Pending[]>([]);
