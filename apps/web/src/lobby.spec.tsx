/** @jest-environment jsdom */
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { USUAL_LETTERS, type EventView } from '@groundswell/protocol';
import { App } from './app.js';

interface World {
  /** Undefined: they cannot be had. */
  events: EventView[] | undefined;
  /** The server takes the token. */
  accepted: boolean;
}

const TOLD: Readonly<Record<string, object>> = {
  '/v1/friends': { friends: [{ id: 'bo', name: 'Bo Brandt' }], asked: [], waiting: [] },
  '/v1/blocks': { blocks: [] },
  '/v1/mutes': { mutes: [] },
  '/v1/relationship': { value: null, visibility: 'friends', quiet: false, settle: 'usual', since: null },
  '/v1/relationship/consent': { mode: 'ask' },
  '/v1/relationship/watchers': { watchers: [] },
  '/v1/watches': { watches: [], elsewhere: [], most: 50 },
  '/v1/accounts': { accounts: [], networks: [] },
  '/v1/mail': { address: null, letters: USUAL_LETTERS },
  '/v1/notices': { notices: [] },
};

/** Answers as a server does that has no event on air, unless `world` is changed. */
function serve(): World {
  const world: World = { events: [], accepted: true };
  const answer = (status: number, body: object) =>
    ({
      status,
      headers: { get: () => null },
      text: () => Promise.resolve(JSON.stringify(body)),
    }) as unknown as Response;
  globalThis.fetch = ((url: string) => {
    const refused = { code: 'unauthorized', title: 'A valid token is needed', detail: 'Sign in again.', status: 401 };
    if (url === '/v1/events') return Promise.resolve(world.events ? answer(200, world.events) : answer(500, {}));
    return Promise.resolve(world.accepted ? answer(200, TOLD[url] ?? {}) : answer(401, refused));
  }) as typeof fetch;
  return world;
}

async function open(address: string, member?: string): Promise<void> {
  window.history.replaceState(null, '', address);
  if (member !== undefined) {
    const session = { token: 'e30.e30.x', member: { id: member, name: 'Ann Archer' } };
    window.sessionStorage.setItem('groundswell.session', JSON.stringify(session));
  }
  await act(async () => render(<App />));
}

const titles = () => screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
const PANELS = ['People', 'Relationship', 'Other networks', 'Letters'];

describe('Lobby', () => {
  let world: World;

  beforeEach(() => {
    world = serve();
    window.sessionStorage.clear();
    Element.prototype.scrollIntoView = () => undefined;
  });
  afterEach(() => window.history.replaceState(null, '', '/'));

  it('has the panels of a member when nothing is on air', async () => {
    await open('/', 'ann');
    expect(titles()).toEqual(PANELS);
    expect(screen.getByRole('status').textContent).toBe('Nothing is on air right now.');
    expect(screen.getByRole('button', { name: 'People' }).getAttribute('aria-expanded')).toBe('false');
    expect(await screen.findByRole('button', { name: 'Unfriend Bo Brandt' })).toBeTruthy();
  });

  it.each([
    ['/?settings=mail', 'Letters'],
    ['/?settings=accounts', 'Other networks'],
  ])('leads to what a letter links to: %s', async (address, title) => {
    await open(address, 'ann');
    await waitFor(() => expect(document.activeElement?.textContent).toBe(title));
    expect(screen.getByRole('button', { name: 'People' }).getAttribute('aria-expanded')).toBe('true');
  });

  it('tells a guest to sign in for what a letter leads to', async () => {
    await open('/?notice=n1');
    expect(screen.getByRole('region', { name: 'Signing in' }).textContent).toContain('see what your letter leads to');
    expect(screen.queryByRole('complementary')).toBeNull();
  });

  it('has them beside an event that is not known', async () => {
    await open('/?event=nope', 'ann');
    expect(screen.getByRole('status').textContent).toBe('There is no event “nope”.');
    expect(screen.getByRole('link', { name: 'See what is on air' }).getAttribute('href')).toBe('/');
    expect(titles()).toEqual(PANELS);
  });

  it('keeps what is typed while the events are looked for again', async () => {
    await open('/', 'ann');
    const field = await screen.findByLabelText<HTMLInputElement>('Your mail address');
    await act(async () => fireEvent.change(field, { target: { value: 'ann@' } }));
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Try again' })));
    expect(screen.getByRole('status').textContent).toBe('Nothing is on air right now.');
    expect(screen.getByLabelText<HTMLInputElement>('Your mail address').value).toBe('ann@');
  });

  it('reads the panels anew after events that could not be loaded', async () => {
    world.events = undefined;
    await open('/', 'ann');
    const before = screen.getByRole('complementary');
    expect(screen.getByRole('status').textContent).toBe('The events could not be loaded.');
    world.events = [];
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Try again' })));
    expect(screen.getByRole('status').textContent).toBe('Nothing is on air right now.');
    expect(screen.getByRole('complementary')).not.toBe(before);
  });

  it('signs out whose token the server does not take', async () => {
    world.accepted = false;
    await open('/?settings=mail', 'ann');
    expect(await screen.findByText(/The server did not accept your sign-in/)).toBeTruthy();
    expect(screen.queryByRole('complementary')).toBeNull();
    expect(window.sessionStorage).toHaveLength(0);
  });
});
