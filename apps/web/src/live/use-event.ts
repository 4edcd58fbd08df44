import type { Commands } from '@groundswell/client';
import type { EventView } from '@groundswell/protocol';
import { useCallback, useEffect, useState } from 'react';

export type EventState =
  | { t: 'loading' }
  | { t: 'ready'; event: EventView }
  | { t: 'none' }
  | { t: 'unknown'; id: string }
  | { t: 'failed' };

/** The event that the address names, or the first live one. */
export function pickEvent(events: readonly EventView[], wanted: string | null): EventState {
  if (wanted !== null) {
    const event = events.find(({ id }) => id === wanted);
    return event ? { t: 'ready', event } : { t: 'unknown', id: wanted };
  }
  const event = events.find(({ state }) => state === 'live') ?? events[0];
  return event ? { t: 'ready', event } : { t: 'none' };
}

export function useEvent(commands: Commands): { state: EventState; reload: () => void } {
  const [state, setState] = useState<EventState>({ t: 'loading' });
  const load = useCallback(() => {
    const wanted = new URLSearchParams(window.location.search).get('event');
    commands.events().then(
      (events) => setState(pickEvent(events, wanted)),
      () => setState({ t: 'failed' }),
    );
  }, [commands]);
  useEffect(load, [load]);
  const reload = useCallback(() => {
    setState({ t: 'loading' });
    load();
  }, [load]);
  return { state, reload };
}
