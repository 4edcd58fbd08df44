import type { EventView } from '@groundswell/protocol';
import { pickEvent } from './use-event.js';

const event = (id: string, state: EventView['state']): EventView => ({ id, title: id, state, createdAt: 0 });

describe('pickEvent', () => {
  const events = [event('old', 'ended'), event('on-air', 'live'), event('also', 'live')];

  it('takes the one that the address names, else the first live one, else the first', () => {
    expect(pickEvent(events, 'old')).toMatchObject({ t: 'ready', event: { id: 'old' } });
    expect(pickEvent(events, null)).toMatchObject({ t: 'ready', event: { id: 'on-air' } });
    expect(pickEvent([event('old', 'ended')], null)).toMatchObject({ t: 'ready', event: { id: 'old' } });
  });

  it('says when there is none, or none of that name', () => {
    expect(pickEvent([], null)).toEqual({ t: 'none' });
    expect(pickEvent(events, 'nope')).toEqual({ t: 'unknown', id: 'nope' });
  });
});
