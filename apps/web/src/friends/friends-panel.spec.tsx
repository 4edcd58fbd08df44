/** @jest-environment jsdom */
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

async function draw(more: Partial<Commands> = {}) {
  const calls: string[] = [];
  const commands: Commands = {
    ...createCommands(),
    friends: () => Promise.resolve(people),
    befriend: (member) => {
      calls.push(`befriend ${member}`);
      return Promise.resolve({ seq: 1 });
    },
    unfriend: (member) => {
      calls.push(`unfriend ${member}`);
      return Promise.resolve({ seq: 1 });
    },
    ...more,
  };
  await act(async () => render(<FriendsPanel commands={commands} />));
  return calls;
}

const press = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })));

describe('FriendsPanel', () => {
  it('accepts, declines, removes and takes back', async () => {
    const calls = await draw();
    await press('Accept Cleo');
    await press('Remove Bo');
    await press('Take back Dmitri');
    expect(calls).toEqual(['befriend cleo', 'unfriend bo', 'unfriend dmitri']);
  });

  it('lets nobody press twice while a command is on its way, and reads the list anew after it', async () => {
    let done: (answer: { seq: number }) => void = () => undefined;
    await draw({ befriend: () => new Promise((resolve) => (done = resolve)) });
    const decline = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Decline Cleo' });
    await press('Accept Cleo');
    expect(decline().disabled).toBe(true);
    await act(async () => done({ seq: 1 }));
    expect(decline().disabled).toBe(false);
  });

  it('adds by id, and only by what can be one', async () => {
    const calls = await draw();
    const field = screen.getByLabelText('Add by member id');
    fireEvent.change(field, { target: { value: 'not an id' } });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Ask' }).disabled).toBe(true);
    fireEvent.change(field, { target: { value: ' @eve_1 ' } });
    await press('Ask');
    expect(calls).toEqual(['befriend eve_1']);
  });

  it('says why a command was refused', async () => {
    await draw({ befriend: () => Promise.reject(new CommandRefused(problem('not_found', 'Nobody has that id.'))) });
    await press('Accept Cleo');
    expect(screen.getByRole('alert').textContent).toBe('Nobody has that id.');
  });

  it('says so when the lists cannot be read', async () => {
    await draw({ friends: () => Promise.reject(new CommandRefused(problem('view_behind', 'Being rebuilt.'))) });
    expect(screen.getByText('Being rebuilt.')).toBeTruthy();
  });
});
