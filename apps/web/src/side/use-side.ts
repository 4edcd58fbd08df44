import { useCallback, useEffect, useRef, useState } from 'react';
import { messageOf } from '../compose/message-of.js';

export type SideState<T> =
  | { t: 'loading' }
  | { t: 'failed'; message: string }
  | { t: 'ready'; side: T; busy: boolean; message?: string };

/** How often it is read anew while the page is visible: others may have changed it. Milliseconds. */
const REFRESH_MS = 60_000;

export interface Side<T> {
  state: SideState<T>;
  /** Sends a command; everything is busy until it has been read what came of it. */
  change: (command: () => Promise<unknown>) => void;
}

/** What the server knows of the viewer, read by `read` (the same function as long as it reads the same) and changed by commands. */
export function useSide<T>(read: () => Promise<T>): Side<T> {
  const [state, setState] = useState<SideState<T>>({ t: 'loading' });
  /** Number of the newest reading: an older one that ends later is dropped. */
  const newest = useRef(0);

  const show = useCallback((side: Promise<T>) => {
    const reading = ++newest.current;
    const apply = (of: (was: SideState<T>) => SideState<T>): void => {
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
    show(read());
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') show(read());
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [read, show]);

  const change = useCallback(
    (command: () => Promise<unknown>) => {
      setState((was) => (was.t === 'ready' ? { t: 'ready', side: was.side, busy: true } : was));
      command().then(
        () => show(read()),
        (error: unknown) =>
          setState((was) => (was.t === 'ready' ? { ...was, busy: false, message: messageOf(error) } : was)),
      );
    },
    [read, show],
  );
  return { state, change };
}
