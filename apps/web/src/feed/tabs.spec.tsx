/** @jest-environment jsdom */
import { fireEvent, render, screen } from '@testing-library/react';
import type { Tab } from '@groundswell/protocol';
import { Tabs } from './tabs.js';

describe('Tabs', () => {
  const draw = (unseen: number) => {
    const shown: Tab[] = [];
    render(<Tabs shown="everyone" unseen={unseen} onShow={(tab) => shown.push(tab)} />);
    return shown;
  };

  it('counts what friends posted unseen', () => {
    draw(120);
    expect(screen.getByRole('tab', { name: /120 unseen/ }).textContent).toBe('Friends99+');
  });

  it('has one tab in the tab order, and arrows between them', () => {
    const shown = draw(0);
    const [everyone, friends] = screen.getAllByRole('tab');
    expect([everyone?.tabIndex, friends?.tabIndex]).toEqual([0, -1]);
    for (const key of ['ArrowRight', 'End', 'Home', 'x']) fireEvent.keyDown(everyone!, { key });
    expect(shown).toEqual(['friends', 'friends', 'everyone']);
  });
});
