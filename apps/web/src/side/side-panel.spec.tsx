/** @jest-environment jsdom */
import { act, render, screen } from '@testing-library/react';
import { SidePanel } from './side-panel.js';
import type { SideState } from './use-side.js';
import { isLinkOfLetter, type Part } from './wanted-part.js';

const READY: SideState<string> = { t: 'ready', side: 'What it shows', busy: false };

/** A page with two panels of which letters know, and one above them that grows. */
function Page({ state, above = 0 }: { state: SideState<string>; above?: number }) {
  const panel = (title: string, part?: Part) => (
    <SidePanel title={title} {...(part ? { part } : {})} state={state}>
      {(side) => <p>{side}</p>}
    </SidePanel>
  );
  return (
    <aside>
      {Array.from({ length: above }, (_, i) => (
        <p key={i}>Above</p>
      ))}
      {panel('Friends')}
      {panel('Other networks', 'accounts')}
      {panel('Letters', 'mail')}
    </aside>
  );
}

describe('SidePanel', () => {
  let scrolledTo: (string | null)[];

  beforeEach(() => {
    scrolledTo = [];
    // jsdom draws nothing, so nothing can be scrolled to.
    Element.prototype.scrollIntoView = function (this: Element) {
      scrolledTo.push(this.textContent);
    };
  });

  afterEach(() => window.history.replaceState(null, '', '/'));

  const focused = () => document.activeElement?.textContent;

  it.each([
    ['mail', 'Letters'],
    ['accounts', 'Other networks'],
  ])('leads to the part “%s” once it is there', (part, title) => {
    window.history.replaceState(null, '', `/?settings=${part}`);
    const page = render(<Page state={{ t: 'loading' }} />);
    expect(scrolledTo).toEqual([]);
    page.rerender(<Page state={READY} />);
    expect([scrolledTo, focused()]).toEqual([[title], title]);
  });

  it('stays with it while what is above grows, until the reader moves', async () => {
    window.history.replaceState(null, '', '/?settings=mail');
    const page = render(<Page state={READY} />);
    await act(async () => page.rerender(<Page state={READY} above={1} />));
    expect(scrolledTo).toEqual(['Letters', 'Letters']);
    window.dispatchEvent(new Event('wheel'));
    await act(async () => page.rerender(<Page state={READY} above={2} />));
    expect(scrolledTo).toEqual(['Letters', 'Letters']);
  });

  it.each(['/', '/?settings=other', '/?notice=n1'])('leads nowhere from %s', (address) => {
    window.history.replaceState(null, '', address);
    render(<Page state={READY} />);
    expect([scrolledTo, document.activeElement]).toEqual([[], document.body]);
    expect(screen.getByRole('heading', { name: 'Letters' })).toBeTruthy();
  });

  it.each([
    ['/?event=final&settings=mail', true],
    ['/?notice=n1', true],
    ['/?event=settings', false],
  ])('knows the link of a letter: %s', (address, expected) => {
    window.history.replaceState(null, '', address);
    expect(isLinkOfLetter()).toBe(expected);
  });
});
