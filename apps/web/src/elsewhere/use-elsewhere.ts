import type { Commands } from '@groundswell/client';
import type { AccountsView, RemoteWatch } from '@groundswell/protocol';
import { useCallback } from 'react';
import { useSide, type Side } from '../side/use-side.js';

/** All that the panel shows. */
export type ElsewhereSide = AccountsView & {
  watches: RemoteWatch[];
  /** How many more may be watched, here and elsewhere together. */
  left: number;
  /** How many may be watched, here and elsewhere together. */
  most: number;
};

/** Who the viewer is in other networks, and whom they watch there. */
export function useElsewhere(commands: Commands): Side<ElsewhereSide> {
  return useSide(useCallback(() => read(commands), [commands]));
}

async function read(commands: Commands): Promise<ElsewhereSide> {
  const [accounts, { watches, elsewhere, most }] = await Promise.all([commands.accounts(), commands.watches()]);
  return { ...accounts, watches: elsewhere, left: Math.max(0, most - watches.length - elsewhere.length), most };
}
