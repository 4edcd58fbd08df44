/** @jest-environment jsdom */
import { act, fireEvent, screen } from '@testing-library/react';
import { CommandRefused } from '@groundswell/client';
import { problem } from '@groundswell/protocol';
import { ANN, comment, storyEntry } from '../../test/entries.js';
import { recordingOutbox, renderCards } from '../../test/render-cards.js';
import { StoryCard } from './story-card.js';

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

describe('StoryCard', () => {
  it('names its author and says who can see it', () => {
    renderCards(<StoryCard entry={storyEntry(1, [], { audience: 'friends' })} />);
    expect(screen.getByRole('article', { name: 'Bo Brandt' }).textContent).toContain('Friends only');
  });

  it('says how often the same was said, and how many like it', () => {
    renderCards(<StoryCard entry={{ ...storyEntry(1, [], { similar: 37 }), likes: 2 }} />);
    expect(screen.getByText('×37 similar')).toBeTruthy();
    expect(screen.getByText('♥ 2')).toBeTruthy();
  });

  it('shows the newest three comments, and all that are held when asked', () => {
    renderCards(
      <StoryCard
        entry={storyEntry(
          1,
          [2, 3, 4, 5].map((seq) => comment(seq)),
        )}
      />,
    );
    expect(screen.queryByText('Comment 2')).toBeNull();
    press('4 comments');
    expect(screen.getAllByText(/^Comment \d$/).map((node) => node.textContent)).toEqual([
      'Comment 2',
      'Comment 3',
      'Comment 4',
      'Comment 5',
    ]);
  });

  it('sends a comment, or a reply to one', () => {
    const { outbox, sent } = recordingOutbox();
    renderCards(<StoryCard entry={storyEntry(1, [comment(2)])} />, { outbox });
    press('Reply');
    fireEvent.change(screen.getByLabelText('Your reply to Bo Brandt'), { target: { value: 'Indeed' } });
    fireEvent.keyDown(screen.getByLabelText('Your reply to Bo Brandt'), { key: 'Enter', ctrlKey: true });
    expect(sent).toMatchObject([{ event: 'final', of: 'story-1', text: 'Indeed', inReplyTo: 'comment-2' }]);
    press('Comment');
    fireEvent.keyDown(screen.getByLabelText('Your comment'), { key: 'Escape' });
    expect(screen.queryByLabelText('Your comment')).toBeNull();
  });

  it('says whom a reply answers', () => {
    const reply = comment(3, { author: ANN, inReplyTo: 'comment-2' });
    renderCards(<StoryCard entry={storyEntry(1, [comment(2), reply])} />);
    expect(screen.getByText('to Bo Brandt')).toBeTruthy();
  });

  it('lets a guest read only', () => {
    renderCards(<StoryCard entry={storyEntry(1, [comment(2)])} />, { viewer: undefined });
    expect(screen.queryAllByRole('button')).toEqual([]);
  });

  it('deletes one’s own after a second press, and says why when that fails', async () => {
    const asked: string[] = [];
    const deleteStatus = (id: string) => {
      asked.push(id);
      return Promise.reject(new CommandRefused(problem('event_ended', 'The event is over.')));
    };
    renderCards(<StoryCard entry={storyEntry(1, [], { author: ANN })} />, { deleteStatus });
    press('Delete status');
    press('Keep');
    press('Delete status');
    expect(asked).toEqual([]);
    await act(async () => press('Yes, delete'));
    expect(asked).toEqual(['story-1']);
    expect(screen.getByRole('alert').textContent).toBe('The event is over.');
  });

  it('offers no deletion of what others wrote', () => {
    renderCards(<StoryCard entry={storyEntry(1)} />);
    expect(screen.queryByRole('button', { name: /Delete/ })).toBeNull();
  });
});
