import { ListFault } from './list-fault.js';
import type { PeopleList } from './list-reader.js';
import type { Person } from './person.js';

/** So many are taken of a list: nobody looks through more. */
export const PEOPLE_MOST = 5_000;
/** Empty pages count too: a network may hide all who are on one. */
export const PAGES_MOST = 200;

export interface Page {
  people: readonly Person[];
  /** What the next page is asked for with; undefined: there is none. */
  next: string | undefined;
}

/** Takes page after page until the last, or until there are enough. A cursor that comes back is a fault: it would never end. */
export async function takePages(
  read: (after: string | undefined) => Promise<Page>,
  onCount: (count: number) => void = () => undefined,
): Promise<PeopleList> {
  const people = new Map<string, Person>();
  const cursors = new Set<string>();
  let after: string | undefined;
  for (let page = 0; page < PAGES_MOST; page++) {
    const { people: found, next } = await read(after);
    for (const person of found) people.set(person.id, person);
    onCount(Math.min(people.size, PEOPLE_MOST));
    if (next === undefined || people.size >= PEOPLE_MOST) {
      const cut = next !== undefined || people.size > PEOPLE_MOST;
      return { people: [...people.values()].slice(0, PEOPLE_MOST), cut };
    }
    if (cursors.has(next)) throw new ListFault('unexpected');
    cursors.add(next);
    after = next;
  }
  return { people: [...people.values()], cut: true };
}
