import type { Commands } from '@groundswell/client';
import type { FriendsView } from '@groundswell/protocol';
import { useCallback, useEffect, useState } from 'react';
import { messageOf } from '../compose/message-of.js';

export type FriendsState =
  | { t: 'loading' }
  | { t: 'failed'; message: string }
  | { t: 'ready'; view: FriendsView; busy: ReadonlySet<string>; message?: string };

/** How often the lists are read anew while the page is visible: somebody may have asked. Milliseconds. */
const REFRESH_MS = 20_000;

const nobody: ReadonlySet<string> = new Set();

export interface Friends {
  state: FriendsState;
  befriend: (member: string) => void;
  unfriend: (member: string) => void;
}

/** The viewer's friends and requests, and the commands that change them. */
export function useFriends(commands: Commands): Friends {
  const [state, setState] = useState<FriendsState>({ t: 'loading' });

  const load = useCallback(
    () =>
      commands.friends().then(
        (view) => setState({ t: 'ready', view, busy: nobody }),
        // A list that is shown is better than a message that it could not be read again.
        (error: unknown) => setState((was) => (was.t === 'ready' ? was : { t: 'failed', message: messageOf(error) })),
      ),
    [commands],
  );

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
        // The list that is read next has the command in it.
        () => load(),
        (error: unknown) =>
          setState((was) => (was.t === 'ready' ? { ...was, busy: nobody, message: messageOf(error) } : was)),
      );
    },
    [load],
  );

  return {
    state,
    befriend: useCallback((member) => change(member, commands.befriend(member)), [change, commands]),
    unfriend: useCallback((member) => change(member, commands.unfriend(member)), [change, commands]),
  };
}
