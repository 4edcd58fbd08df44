import { PAGES_MOST, PEOPLE_MOST, takePages } from './take-pages.js';

const people = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: String(from + i), name: `Person ${from + i}` }));

describe('takePages', () => {
  it('names each once, by what was told last', async () => {
    const pages = [
      { people: people(0, 2), next: 'a' },
      { people: [{ id: '1', name: 'Renamed' }], next: undefined },
    ];
    const list = await takePages(() => Promise.resolve(pages.shift()!));
    expect(list.people.map(({ name }) => name)).toEqual(['Person 0', 'Renamed']);
  });

  it('takes so many and no more, and says that there are more', async () => {
    const counts: number[] = [];
    let page = 0;
    const read = () => Promise.resolve({ people: people(page++ * 900, 900), next: String(page) });
    const list = await takePages(read, (count) => counts.push(count));
    expect([list.people.length, list.cut, counts.at(-1)]).toEqual([PEOPLE_MOST, true, PEOPLE_MOST]);
  });

  it('does not say so of a list that just fits', async () => {
    const list = await takePages(() => Promise.resolve({ people: people(0, PEOPLE_MOST), next: undefined }));
    expect([list.people.length, list.cut]).toEqual([PEOPLE_MOST, false]);
  });

  it('goes on over empty pages, but not for ever', async () => {
    let asked = 0;
    const list = await takePages(() => Promise.resolve({ people: [], next: String(asked++) }));
    expect([asked, list]).toEqual([PAGES_MOST, { people: [], cut: true }]);
  });

  it('does not go round in circles', async () => {
    const asked: unknown[] = [];
    const list = takePages((after) => {
      asked.push(after);
      return Promise.resolve({ people: [], next: after === 'a' ? 'b' : 'a' });
    });
    await expect(list).rejects.toMatchObject({ code: 'unexpected' });
    expect(asked).toEqual([undefined, 'a', 'b']);
  });
});
