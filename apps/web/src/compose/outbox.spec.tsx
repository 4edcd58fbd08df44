/** @jest-environment jsdom */
import { CommandRefused, CommandUnavailable } from '@groundswell/client';
import { problem } from '@groundswell/protocol';
import type { PostedBody } from '@groundswell/protocol';
import { act, fireEvent, screen } from '@testing-library/react';
import { recordingOutbox, renderCards } from '../../test/render-cards.js';
import type { Outbox } from './outbox.js';
import { PendingCard } from './pending-card.js';
import { isPendingIn } from './use-outbox.js';

const stored = { id: 'abcdefghijklmnop', seq: 7, at: 0 };
const settled = () => new Promise((resolve) => setTimeout(resolve));
const delivery = (outbox: Outbox) => outbox.posts()[0]?.delivery;

function failingOnce(first: Error): () => Promise<PostedBody> {
  let calls = 0;
  return async () => {
    if (calls++ === 0) throw first;
    return stored;
  };
}

describe('Outbox', () => {
  it('shows a post at once, then as stored', async () => {
    const { outbox } = recordingOutbox(() => Promise.resolve(stored));
    let told = 0;
    outbox.subscribe(() => told++);
    outbox.status('Hi', 'everyone');
    expect(delivery(outbox)).toEqual({ t: 'sending' });
    await settled();
    expect(delivery(outbox)).toEqual({ t: 'stored', id: stored.id, seq: 7 });
    expect(told).toBe(2);
  });

  it('tries again with the same key when the outcome is unknown', async () => {
    const { outbox, sent } = recordingOutbox(failingOnce(new CommandUnavailable('k', 4, undefined)));
    outbox.comment('story-1', 'Hi');
    await settled();
    expect(delivery(outbox)).toMatchObject({ t: 'failed' });
    outbox.retry(1);
    await settled();
    expect(delivery(outbox)).toMatchObject({ t: 'stored' });
    expect(sent[0]?.key).toBe(sent[1]?.key);
  });

  it('takes a new key after a refusal', async () => {
    const { outbox, sent } = recordingOutbox(
      failingOnce(new CommandRefused(problem('too_many_requests', 'Slow down.'))),
    );
    outbox.status('Hi', 'everyone');
    await settled();
    outbox.retry(1);
    await settled();
    expect(sent).toHaveLength(2);
    expect(sent[0]?.key).not.toBe(sent[1]?.key);
  });

  it('a failed card says why and can be tried again or discarded', async () => {
    const { outbox, sent } = recordingOutbox(() =>
      Promise.reject(new CommandRefused(problem('too_many_requests', 'Slow down.'))),
    );
    outbox.status('Hi', 'everyone');
    await settled();
    renderCards(<PendingCard post={outbox.posts()[0]!} />, { outbox });
    expect(screen.getByRole('alert').textContent).toContain('Slow down.');
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Try again' })));
    expect(sent).toHaveLength(2);
    fireEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect(outbox.posts()).toEqual([]);
  });

  it('a post leaves each tab when that tab has it; one for friends is never in Everyone', async () => {
    const { outbox } = recordingOutbox(() => Promise.resolve(stored));
    outbox.status('Hi', 'friends');
    await settled();
    const post = outbox.posts()[0]!;
    const view = (covered: boolean) => ({ entries: [], pinned: [], covers: () => covered });
    expect(isPendingIn(post, 'friends', view(false))).toBe(true);
    expect(isPendingIn(post, 'friends', view(true))).toBe(false);
    expect(isPendingIn(post, 'everyone', view(false))).toBe(false);
  });
});
