/** @jest-environment jsdom */
import { screen } from '@testing-library/react';
import { storyEntry } from '../../test/entries.js';
import { renderCards } from '../../test/render-cards.js';
import { PinnedStories } from './pinned-stories.js';

describe('PinnedStories', () => {
  it('shows what is pinned, and nothing at all when nothing is', () => {
    const { rerender } = renderCards(<PinnedStories stories={[storyEntry(1).add]} />);
    expect(screen.getByRole('region', { name: 'Pinned' }).textContent).toContain('Bo Brandt');
    rerender(<PinnedStories stories={[]} />);
    expect(screen.queryByRole('region')).toBeNull();
  });
});
