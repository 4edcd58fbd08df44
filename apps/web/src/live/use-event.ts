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

export interface FoundEvent {
  state: EventState;
  /** The events are being asked for; what is known stays until the answer. */
  looking: boolean;
  reload: () => void;
}

export function useEvent(commands: Commands): FoundEvent {
  const [state, setState] = useState<EventState>({ t: 'loading' });
  const [looking, setLooking] = useState(true);
  const load = useCallback(() => {
    const wanted = new URLSearchParams(window.location.search).get('event');
    const show = (found: EventState) => {
      setState(found);
      setLooking(false);
    };
    commands.events().then(
      (events) => show(pickEvent(events, wanted)),
      () => show({ t: 'failed' }),
    );
  }, [commands]);
  useEffect(load, [load]);
  const reload = useCallback(() => {
    setLooking(true);
    load();
  }, [load]);
  return { state, looking, reload };
}
