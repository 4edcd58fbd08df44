import { useCallback, useEffect, useRef, useState } from 'react';
import { messageOf } from '../compose/message-of.js';
import { ListFault } from './lists/list-fault.js';

type AttemptState = { t: 'idle' } | { t: 'busy' } | { t: 'failed'; fault: string };

export interface Attempt {
  busy: boolean;
  /** Why the last one failed. */
  fault: string | undefined;
  /** Ends the one before. `explain` may put a fault into better words. */
  start: (work: (signal: AbortSignal) => Promise<void>, explain?: (error: unknown) => string) => void;
}

/** One thing at a time that may fail, and that ends with the part of the page that began it. */
export function useAttempt(): Attempt {
  const [state, setState] = useState<AttemptState>({ t: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = useCallback<Attempt['start']>((work, explain = faultWords) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const show = (next: AttemptState) => {
      if (!controller.signal.aborted) setState(next);
    };
    setState({ t: 'busy' });
    work(controller.signal).then(
      () => show({ t: 'idle' }),
      (error: unknown) => show({ t: 'failed', fault: explain(error) }),
    );
  }, []);
  return { busy: state.t === 'busy', fault: state.t === 'failed' ? state.fault : undefined, start };
}

/** What went wrong here or there, for a person. */
export function faultWords(error: unknown): string {
  return error instanceof ListFault ? error.message : messageOf(error);
}
