/** @jest-environment jsdom */
import { CommandRefused, createCommands } from '@groundswell/client';
import type { Commands } from '@groundswell/client';
import {
  problem,
  type ConsentView,
  type RelationshipView,
  type WatchDelay,
  type WatchersView,
} from '@groundswell/protocol';
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { RelationshipPanel } from './relationship-panel.js';

const NOTHING: RelationshipView = { value: null, visibility: 'friends', quiet: false, settle: 'usual', since: null };

interface World {
  own: RelationshipView;
  consent: ConsentView;
  watchers: WatchersView;
  watches: string[];
}

/** Draws the panel before a server on paper; returns what was sent. */
async function draw(world: Partial<World> = {}, more: Partial<Commands> = {}) {
  const side: World = { own: NOTHING, consent: { mode: 'ask' }, watchers: { watchers: [] }, watches: [], ...world };
  const sent: unknown[] = [];
  const delays = new Map<string, WatchDelay>();
  const accept = (what: unknown, then: () => void = () => undefined) => {
    sent.push(what);
    then();
    return Promise.resolve({ seq: 1 });
  };
  const named = (id: string) => ({ id, name: id.toUpperCase() });
  const commands: Commands = {
    ...createCommands(),
    relationship: () => Promise.resolve(side.own),
    watchConsent: () => Promise.resolve(side.consent),
    watchers: () => Promise.resolve(side.watchers),
    watches: () =>
      Promise.resolve({
        watches: side.watches.map((id) => ({ ...named(id), delay: delays.get(id) ?? 'none' })),
        elsewhere: [],
        most: 2,
      }),
    friends: () => Promise.resolve({ friends: ['bo', 'cy', 'di'].map(named), asked: [], waiting: [] }),
    publishRelationship: (draft) =>
      accept(draft, () => (side.own = { ...NOTHING, value: draft.value, since: 5, settle: draft.settle ?? 'usual' })),
    withdrawRelationship: () => accept('withdraw', () => (side.own = NOTHING)),
    putWatchConsent: (mode) => accept(mode, () => (side.consent = { mode })),
    allowWatcher: (id) => accept(`allow ${id}`),
    refuseWatcher: (id) => accept(`refuse ${id}`),
    watch: (id) => accept(`watch ${id}`, () => side.watches.push(id)),
    delayWatch: (id, delay) => accept(`${id} ${delay}`, () => delays.set(id, delay)),
    unwatch: (id) => accept(`unwatch ${id}`, () => (side.watches = side.watches.filter((one) => one !== id))),
    ...more,
  };
  await act(async () => render(<RelationshipPanel commands={commands} />));
  return sent;
}

const press = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })));
const choose = (label: string, value: string) =>
  act(async () => fireEvent.change(screen.getByLabelText(label), { target: { value } }));
const listed = (title: RegExp) =>
  within(screen.getByRole('region', { name: title }))
    .getAllByRole('listitem')
    .map((item) => item.querySelector('.member-name')?.textContent);

describe('RelationshipPanel', () => {
  it('publishes a status, loudly or quietly, and takes it down', async () => {
    const sent = await draw();
    expect(screen.getByText('You publish nothing.')).toBeTruthy();
    await choose('Your relationship', 'engaged');
    await press('Publish');
    expect(screen.getByText('Published: Engaged.')).toBeTruthy();
    await act(async () => fireEvent.click(screen.getByLabelText('Quiet change: tell nobody')));
    await press('Publish');
    await press('Take it down');
    expect(sent).toEqual([
      { value: 'engaged', quiet: false, settle: 'usual' },
      { value: 'engaged', quiet: true, settle: 'usual' },
      'withdraw',
    ]);
    expect(screen.queryByRole('button', { name: 'Take it down' })).toBeNull();
  });

  it('shows who wants to be told, and says yes or no to each', async () => {
    const watchers = [
      { id: 'bo', name: 'Bo', answer: null },
      { id: 'cy', name: 'Cy', answer: 'allowed' as const },
      { id: 'di', name: 'Di', answer: 'refused' as const },
    ];
    const sent = await draw({ watchers: { watchers } });
    expect([listed(/Want to be told/), listed(/Are told/), listed(/Not told/)]).toEqual([['Bo'], ['Cy'], ['Di']]);
    await press('Allow Bo');
    await press('Remove Cy');
    expect(sent).toEqual(['allow bo', 'refuse cy']);
    await choose('Who is told of changes', 'mutuals');
    expect(listed(/Are told/)).toEqual(['Bo', 'Cy']);
    await choose('Who is told of changes', 'off');
    expect(screen.queryByRole('region', { name: /Are told/ })).toBeNull();
  });

  it('watches friends, up to the most', async () => {
    const sent = await draw();
    expect(listed(/Friends to watch/)).toEqual(['BO', 'CY', 'DI']);
    await press('Watch BO');
    expect([listed(/You watch/), listed(/Friends to watch/)]).toEqual([['BO'], ['CY', 'DI']]);
    await choose('When to be told of BO', 'day');
    expect((screen.getByLabelText('When to be told of BO') as HTMLSelectElement).value).toBe('day');
    await press('Watch CY');
    expect(screen.getByText('You watch 2 friends, which is the most.')).toBeTruthy();
    await press('Stop watching BO');
    expect(listed(/You watch/)).toEqual(['CY']);
    expect(sent).toEqual(['watch bo', 'bo day', 'watch cy', 'unwatch bo']);
  });

  it('says why something was refused, and goes on', async () => {
    await draw({}, { watch: () => Promise.reject(new CommandRefused(problem('too_many_requests', 'Wait 5 s.'))) });
    await press('Watch BO');
    expect(screen.getByRole('alert').textContent).toContain('Wait 5 s.');
    await press('Publish');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says what is missing when it cannot be read', async () => {
    await draw({}, { watches: () => Promise.reject(new CommandRefused(problem('view_behind', 'Ask again.'))) });
    expect(screen.getByText(/Ask again/)).toBeTruthy();
  });
});
