import type { Person } from './lists/person.js';

interface Known {
  person: Person;
  /** All that somebody may be looked for by. */
  text: string;
}

/** A list in the order of names, in which somebody can be found by a part of name, handle or id. */
export function searchable(people: readonly Person[]): (wanted: string) => Person[] {
  const { compare } = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
  const known: Known[] = people
    .toSorted((a, b) => compare(a.name, b.name))
    .map((person) => ({ person, text: plain(`${person.name} @${person.handle ?? ''} ${person.id}`) }));
  return (wanted) => {
    const words = plain(wanted).split(' ').filter(Boolean);
    return known.filter(({ text }) => words.every((word) => text.includes(word))).map(({ person }) => person);
  };
}

/** Without accents and capitals. */
function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}
