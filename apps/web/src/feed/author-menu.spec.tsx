/** @jest-environment jsdom */
import { act, fireEvent, screen } from '@testing-library/react';
import { CommandRefused } from '@groundswell/client';
import { problem } from '@groundswell/protocol';
import { ANN, BO } from '../../test/entries.js';
import { renderCards } from '../../test/render-cards.js';
import { AuthorMenu } from './author-menu.js';
import type { FeedActions } from './feed-actions.js';

function draw(actions: Partial<FeedActions> = {}) {
  const calls: string[] = [];
  const note = (name: string) => (member: string) => {
    calls.push(`${name} ${member}`);
    return Promise.resolve();
  };
  renderCards(<AuthorMenu author={BO} />, { mute: note('mute'), block: note('block'), ...actions });
  return calls;
}

const press = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })));
const pick = async (name: string) => {
  await press('More about Bo Brandt');
  await act(async () => fireEvent.click(screen.getByRole('menuitem', { name })));
};

describe('AuthorMenu', () => {
  it('mutes at once', async () => {
    const calls = draw();
    await pick('Mute Bo Brandt');
    expect(calls).toEqual(['mute bo']);
    expect(screen.getByRole('status').textContent).toBe('Muted');
  });

  it('blocks after a question that says what it does', async () => {
    const calls = draw();
    await pick('Block Bo Brandt');
    expect(calls).toEqual([]);
    expect(screen.getByRole('alertdialog', { name: 'Block Bo Brandt' }).textContent).toContain('no longer friends');
    await press('Yes, block');
    expect(calls).toEqual(['block bo']);
    expect(screen.getByRole('status').textContent).toBe('Blocked');
  });

  it('asks with the focus on what changes nothing, and gives it back', async () => {
    const calls = draw();
    await pick('Block Bo Brandt');
    expect(document.activeElement?.textContent).toBe('Cancel');
    fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'More about Bo Brandt' }));
    expect(calls).toEqual([]);
  });

  it('says that a command is on its way, and why it was refused', async () => {
    let refuse: (cause: Error) => void = () => undefined;
    draw({ mute: () => new Promise((_resolve, reject) => (refuse = reject)) });
    await pick('Mute Bo Brandt');
    expect(screen.getByRole('status').textContent).toBe('Muting…');
    await act(async () => refuse(new CommandRefused(problem('too_many_requests', 'Wait 7 s.'))));
    expect(screen.getByRole('alert').textContent).toBe('Wait 7 s.');
  });

  it.each([
    ['guests', undefined, BO],
    ['one’s own', ANN.id, ANN],
  ])('is not there for %s', (_whom, viewer, author) => {
    renderCards(<AuthorMenu author={author} />, { viewer });
    expect(screen.queryByRole('button')).toBeNull();
  });
});
