/** @jest-environment jsdom */
import { CommandRefused } from '@groundswell/client';
import { CHOSEN_MAX, problem } from '@groundswell/protocol';
import { act, render, screen } from '@testing-library/react';
import { box, button, press, tick, write } from '../../test/draw-elsewhere.js';
import type { Person } from './lists/person.js';
import { PersonPicker } from './person-picker.js';

const BO = { id: '1', name: 'Bo Brandt', handle: 'bo' };
const ZOE = { id: '2', name: 'Zoë', handle: 'zoe@other.example' };
const ANN = { id: '3', name: 'Ann' };
const crowd = (count: number): Person[] =>
  Array.from({ length: count }, (_, i) => ({ id: String(i), name: `Person ${i}` }));

interface World {
  people?: readonly Person[];
  watched?: readonly string[];
  left?: number;
  refusal?: Error;
}

async function draw({ people = [BO, ZOE, ANN], watched = [], left = 50, refusal }: World = {}) {
  const sent: (readonly string[])[] = [];
  const onWatch = (subjects: readonly string[]) => {
    sent.push(subjects);
    return refusal ? Promise.reject(refusal) : Promise.resolve();
  };
  const rest = { provider: 'mastodon' as const, people, left, most: 50, busy: false, onWatch };
  await act(async () => render(<PersonPicker {...rest} watched={new Set(watched)} />));
  return sent;
}

const names = () => screen.getAllByRole('checkbox').map((one) => one.closest('label')!.textContent);
const room = () => screen.getByRole('status').textContent;

describe('PersonPicker', () => {
  it('offers all by name, with those who are watched ticked', async () => {
    await draw({ watched: ['2'] });
    expect(screen.getByRole('group', { name: 'People on Mastodon' })).toBeTruthy();
    expect(names()).toEqual(['Ann', 'Bo Brandt @bo', 'Zoë @zoe@other.example watched']);
    expect([box(/Zoë/).checked, box(/Zoë/).disabled, box('Ann').checked]).toEqual([true, true, false]);
    expect(button('Watch').disabled).toBe(true);
  });

  it('finds by parts of name and handle, and keeps what was ticked before', async () => {
    const sent = await draw();
    await tick('Ann');
    await write('Search 3 people', 'ZOE other');
    expect(names()).toEqual(['Zoë @zoe@other.example']);
    await tick(/Zoë/);
    expect(screen.getByText('Chosen: Zoë, Ann')).toBeTruthy();
    await press('Watch 2 accounts');
    expect(sent).toEqual([['2', '3']]);
    await write('Search 3 people', 'nobody');
    expect(screen.getByText('Nobody here is called so.')).toBeTruthy();
  });

  it('draws the first of many, and finds the others', async () => {
    await draw({ people: crowd(1_334) });
    expect(screen.getAllByRole('checkbox').length).toBe(100);
    expect(screen.getByText('and 1,234 more: search')).toBeTruthy();
    await write('Search 1,334 people', 'person 1333');
    expect(names()).toEqual(['Person 1333']);
  });

  it('counts what may still be chosen', async () => {
    await draw({ left: 2 });
    expect(room()).toBe('You may choose 2 more.');
    await tick('Ann');
    await tick(/Bo/);
    expect([room(), box(/Zoë/).disabled, box('Ann').disabled]).toEqual(['You may choose nobody more.', true, false]);
    await tick('Ann');
    expect([room(), box(/Zoë/).disabled]).toEqual(['You may choose 1 more.', false]);
  });

  it('takes so many at a time', async () => {
    await draw({ people: crowd(30), left: 40 });
    for (let i = 0; i < CHOSEN_MAX; i++) await tick(`Person ${i}`);
    expect(room()).toBe('25 are chosen at a time: watch these first.');
    expect([box('Person 29').disabled, button('Watch 25 accounts').disabled]).toEqual([true, false]);
  });

  it('says that nobody more can be watched', async () => {
    await draw({ left: 0 });
    expect(room()).toMatch(/^You watch 50 members and accounts, which is the most/);
    expect(box('Ann').disabled).toBe(true);
  });

  it('names whom the network does not know, and unticks them', async () => {
    const errors = [
      { at: '/subjects/0', message: 'is not known' },
      { at: '/subjects/2', message: 'is not known' },
    ];
    await draw({ refusal: new CommandRefused(problem('unknown_accounts', 'Correct errors.', errors)) });
    for (const name of ['Ann', /Bo/, /Zoë/]) await tick(name);
    await press('Watch 3 accounts');
    expect(screen.getByRole('alert').textContent).toBe('Nobody was added: Mastodon does not know Bo Brandt and Ann.');
    expect([box(/Bo/), box(/Zoë/), box('Ann')].map(({ checked }) => checked)).toEqual([false, true, false]);
    expect(button('Watch 1 account').disabled).toBe(false);
  });

  it.each([
    ['network_unavailable', /Mastodon does not answer our server/],
    ['no_account', /connect your account on Mastodon again/],
    ['too_many_watches', /Nobody was added. The detail/],
  ] as const)('says what %s means, and keeps what was chosen', async (code, words) => {
    await draw({ refusal: new CommandRefused(problem(code, 'The detail.')) });
    await tick('Ann');
    await press('Watch 1 account');
    expect(screen.getByRole('alert').textContent).toMatch(words);
    expect(box('Ann').checked).toBe(true);
  });
});
