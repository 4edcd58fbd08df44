import type { Commands } from '@groundswell/client';
import type { AccountsView, RemoteWatch } from '@groundswell/protocol';
import { useCallback } from 'react';
import { useSide, type Side } from '../side/use-side.js';

/** All that the panel shows. */
export type ElsewhereSide = AccountsView & { watches: RemoteWatch[] };

/** Who the viewer is in other networks, and whom they watch there. */
export function useElsewhere(commands: Commands): Side<ElsewhereSide> {
  return useSide(useCallback(() => read(commands), [commands]));
}

async function read(commands: Commands): Promise<ElsewhereSide> {
  const [{ accounts }, { elsewhere }] = await Promise.all([commands.accounts(), commands.watches()]);
  return { accounts, watches: elsewhere };
}
