import type { Commands } from '@groundswell/client';
import type { BlocksView, FriendsView, MutesView } from '@groundswell/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import { messageOf } from '../compose/message-of.js';

/** Lists that only the viewer changes. */
type HiddenPeople = BlocksView & MutesView;

export type PeopleState =
  | { t: 'loading' }
  | { t: 'failed'; message: string }
  | { t: 'ready'; view: FriendsView & HiddenPeople; busy: ReadonlySet<string>; message?: string };

/** How often friends are read anew while the page is visible: somebody may have asked. Milliseconds. */
const REFRESH_MS = 20_000;

const nobody: ReadonlySet<string> = new Set();

export interface People {
  state: PeopleState;
  /** Sends a command about a member, who is busy until the lists have been read after it. */
  change: (member: string, command: Promise<unknown>) => void;
}

async function hiddenPeople(commands: Commands): Promise<HiddenPeople> {
  const [{ blocks }, { mutes }] = await Promise.all([commands.blocks(), commands.mutes()]);
  return { blocks, mutes };
}

/**
 * The viewer's friends, requests, blocks and mutes. `revision`: another number whenever they were changed elsewhere on
 * the page.
 */
export function usePeople(commands: Commands, revision: number): People {
  const [state, setState] = useState<PeopleState>({ t: 'loading' });
  /** Blocks and mutes as read last, and for what; undefined when they are to be read again. */
  const hidden = useRef<{ commands: Commands; revision: number; lists: HiddenPeople }>(undefined);
  /** Number of the newest reading: an older one that ends later is dropped. */
  const newest = useRef(0);

  const load = useCallback(async () => {
    const reading = ++newest.current;
    const held = hidden.current;
    const valid = held?.commands === commands && held.revision === revision;
    try {
      const [friends, lists] = await Promise.all([commands.friends(), valid ? held.lists : hiddenPeople(commands)]);
      if (reading !== newest.current) return;
      hidden.current = { commands, revision, lists };
      setState({ t: 'ready', view: { ...friends, ...lists }, busy: nobody });
    } catch (error) {
      if (reading !== newest.current) return;
      // Lists that are shown are better than a message that they could not be read again.
      setState((was) => (was.t === 'ready' ? { ...was, busy: nobody } : { t: 'failed', message: messageOf(error) }));
    }
  }, [commands, revision]);

  useEffect(() => {
    void load();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void load();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [load]);

  const change = useCallback(
    (member: string, command: Promise<unknown>) => {
      setState((was) => (was.t === 'ready' ? { ...was, busy: new Set(was.busy).add(member) } : was));
      command.then(
        () => {
          // The lists that are read next have the command in them.
          hidden.current = undefined;
          return load();
        },
        (error: unknown) =>
          setState((was) => (was.t === 'ready' ? { ...was, busy: nobody, message: messageOf(error) } : was)),
      );
    },
    [load],
  );

  return { state, change };
}
