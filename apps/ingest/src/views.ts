import { streamInfo, type Bus } from '@groundswell/bus';
import { EVENTS } from '@groundswell/contracts';
import { profileNames, readGraph, readItem, type Store } from '@groundswell/store';
import type { FriendListsOptions } from './write/friend-lists.js';
import type { ItemsOptions } from './write/items.js';
import { viewBehind } from './write/view-behind.js';

/** What commands ask of the views. A view that cannot be reached counts as one that is behind. */
export function views(bus: Bus, store: Store): ItemsOptions & FriendListsOptions {
  const graph = async (member: string) => {
    const stored = await orBehind(readGraph(store, member));
    if (!stored.checkpoint) throw viewBehind();
    return stored;
  };
  return {
    read: (event, id) => orBehind(readItem(store, event, id)),
    end: async () => (await orBehind(streamInfo(bus, EVENTS.name))).lastSeq,
    friends: async (member) => (await graph(member)).friends,
    graph,
    names: (members) => orBehind(profileNames(store, members)),
  };
}

async function orBehind<T>(ask: Promise<T>): Promise<T> {
  return ask.catch((error: unknown) => {
    throw viewBehind(error);
  });
}
