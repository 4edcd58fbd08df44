/** @jest-environment jsdom */
import { FeedStopped } from '@groundswell/client';
import type { ConnectionState } from '@groundswell/client';
import { render, screen } from '@testing-library/react';
import { ConnectionLine } from './connection-line.js';

describe('ConnectionLine', () => {
  it.each<[ConnectionState, string]>([
    [{ t: 'idle' }, 'Connecting…'],
    [{ t: 'connecting', attempt: 0 }, 'Connecting…'],
    [{ t: 'greeting', attempt: 2 }, 'Reconnecting…'],
    [{ t: 'live', attempt: 0, node: 'n', pinged: false, pingMs: 1 }, 'Live'],
    [{ t: 'waiting', attempt: 1, reason: 'lost', delayMs: 1 }, 'Connection lost. Trying again…'],
    [{ t: 'waiting', attempt: 1, reason: 'bye', delayMs: 1 }, 'Moving to another server…'],
    [{ t: 'stopped' }, 'Not connected.'],
    [{ t: 'stopped', error: new FeedStopped(4404) }, 'Not connected. Check the id of the event.'],
  ])('says %p in plain words', (state, words) => {
    render(<ConnectionLine state={state} />);
    expect(screen.getByRole('status').textContent).toBe(words);
  });
});
