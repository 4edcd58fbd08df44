/** @jest-environment jsdom */
import { jest } from '@jest/globals';
import { CommandRefused, createCommands } from '@groundswell/client';
import type { Commands } from '@groundswell/client';
import { problem } from '@groundswell/protocol';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { FriendsPanel } from './friends-panel.js';

const people = {
  friends: [{ id: 'bo', name: 'Bo' }],
  waiting: [{ id: 'cleo', name: 'Cleo' }],
  asked: [{ id: 'dmitri', name: 'Dmitri' }],
};

/** Draws the panel; returns the commands it sends, and what has another revision drawn. */
async function draw(more: Partial<Commands> = {}) {
  const calls: string[] = [];
  const note = (name: string) => (member: string) => {
    calls.push(`${name} ${member}`);
    return Promise.resolve({ seq: 1 });
  };
  const commands: Commands = {
    ...createCommands(),
    friends: () => Promise.resolve(people),
    blocks: () => Promise.resolve({ blocks: [{ id: 'eve', name: 'Eve' }] }),
    mutes: () => Promise.resolve({ mutes: [{ id: 'finn', name: 'Finn' }] }),
    befriend: note('befriend'),
    accept: note('accept'),
    unfriend: note('unfriend'),
    unblock: note('unblock'),
    unmute: note('unmute'),
    ...more,
  };
  const { rerender } = await act(async () => render(<FriendsPanel commands={commands} revision={0} />));
  const revise = (revision: number) =>
    act(async () => rerender(<FriendsPanel commands={commands} revision={revision} />));
  return { calls, revise };
}

const press = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })));

describe('FriendsPanel', () => {
  it('accepts, refuses, unfriends and cancels', async () => {
    const { calls } = await draw();
    await press('Accept Cleo');
    await press('Refuse Cleo');
    await press('Unfriend Bo');
    await press('Cancel request to Dmitri');
    expect(calls).toEqual(['accept cleo', 'unfriend cleo', 'unfriend bo', 'unfriend dmitri']);
  });

  it.each([
    [8, 0],
    [9, 1],
  ])('of %d friends folds %d list away, so that what is below can be found', async (count, folds) => {
    const friends = Array.from({ length: count }, (_, i) => ({ id: `f${i}`, name: `Friend ${i}` }));
    await draw({ friends: () => Promise.resolve({ ...people, friends }) });
    expect(document.querySelectorAll('details:not([open])').length).toBe(folds);
    expect(screen.getByRole('region', { name: `Your friends ${count}` })).toBeTruthy();
  });

  it('unblocks and unmutes, and reads those lists again after it', async () => {
    let mutes = [{ id: 'finn', name: 'Finn' }];
    const { calls } = await draw({
      mutes: () => Promise.resolve({ mutes }),
      unmute: () => {
        mutes = [];
        return Promise.resolve({ seq: 1 });
      },
    });
    await press('Unblock Eve');
    expect(calls).toEqual(['unblock eve']);
    await press('Unmute Finn');
    expect(screen.queryByText('Finn')).toBeNull();
    expect(screen.queryByRole('region', { name: /Muted/ })).toBeNull();
  });

  it('shows who was blocked elsewhere on the page', async () => {
    let blocks = [{ id: 'eve', name: 'Eve' }];
    const { revise } = await draw({ blocks: () => Promise.resolve({ blocks }) });
    blocks = [...blocks, { id: 'gus', name: 'Gus' }];
    await revise(1);
    expect(screen.getByRole('button', { name: 'Unblock Gus' })).toBeTruthy();
  });

  it('reads blocks and mutes only when the viewer changed them, and friends again and again', async () => {
    jest.useFakeTimers();
    const reads: string[] = [];
    await draw({
      friends: () => {
        reads.push('friends');
        return Promise.resolve(people);
      },
      blocks: () => {
        reads.push('blocks');
        return Promise.resolve({ blocks: [] });
      },
    });
    await act(async () => jest.advanceTimersByTimeAsync(20_000));
    jest.useRealTimers();
    expect(reads).toEqual(['friends', 'blocks', 'friends']);
  });

  it('drops a reading that a later one has overtaken', async () => {
    const answers: ((view: typeof people) => void)[] = [];
    const { revise } = await draw({ friends: () => new Promise((resolve) => answers.push(resolve)) });
    await revise(1);
    await act(async () => answers[1]?.(people));
    await act(async () => answers[0]?.({ friends: [], waiting: [], asked: [] }));
    expect(screen.getByText('Bo')).toBeTruthy();
  });

  it('lets nobody press twice while a command is on its way, and reads the list anew after it', async () => {
    let done: (answer: { seq: number }) => void = () => undefined;
    await draw({ accept: () => new Promise((resolve) => (done = resolve)) });
    const refuse = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Refuse Cleo' });
    await press('Accept Cleo');
    expect(refuse().disabled).toBe(true);
    await act(async () => done({ seq: 1 }));
    expect(refuse().disabled).toBe(false);
  });

  it('adds by id, and only by what can be one', async () => {
    const { calls } = await draw();
    const field = screen.getByLabelText('Add by member id');
    fireEvent.change(field, { target: { value: 'not an id' } });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Ask' }).disabled).toBe(true);
    fireEvent.change(field, { target: { value: ' @eve_1 ' } });
    await press('Ask');
    expect(calls).toEqual(['befriend eve_1']);
  });

  it('says why a command was refused', async () => {
    await draw({ accept: () => Promise.reject(new CommandRefused(problem('not_asked', 'They have taken it back.'))) });
    await press('Accept Cleo');
    expect(screen.getByRole('alert').textContent).toBe('They have taken it back.');
  });

  it('says so when the lists cannot be read', async () => {
    await draw({ friends: () => Promise.reject(new CommandRefused(problem('view_behind', 'Being rebuilt.'))) });
    expect(screen.getByText('Being rebuilt.')).toBeTruthy();
  });
});
