/** @jest-environment jsdom */
import { act, fireEvent, screen } from '@testing-library/react';
import { CommandRefused } from '@groundswell/client';
import { problem } from '@groundswell/protocol';
import { renderCards } from '../../test/render-cards.js';
import { LikeButton } from './like-button.js';

const press = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })));

describe('LikeButton', () => {
  it('likes, and takes it back', async () => {
    const calls: [string, boolean][] = [];
    renderCards(<LikeButton of="story" likes={0} />, {
      like: (of, on) => {
        calls.push([of, on]);
        return Promise.resolve();
      },
    });
    await press('Like');
    expect(screen.getByRole('button', { name: 'Unlike' }).textContent).toBe('♥ 1');
    await press('Unlike');
    expect(screen.getByRole('button', { name: 'Like' }).textContent).toBe('♡ Like');
    expect(calls).toEqual([
      ['story', true],
      ['story', false],
    ]);
  });

  it('says why it was refused, and is as before', async () => {
    const refused = new CommandRefused(problem('too_many_requests', 'Wait 7 s.'));
    renderCards(<LikeButton of="story" likes={3} />, { like: () => Promise.reject(refused) });
    await press('Like');
    expect(screen.getByRole('alert').textContent).toContain('Wait 7 s.');
    expect(screen.getByRole('button', { name: 'Like' }).textContent).toBe('♥ 3');
  });

  it('is only a number for who is signed out', () => {
    renderCards(<LikeButton of="story" likes={3} />, { viewer: undefined });
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByText('♥ 3')).toBeTruthy();
  });
});
