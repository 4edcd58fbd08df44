import { codePoints, MAX_CHARS, textFault } from '@groundswell/protocol';
import type { Mood } from './match.js';
import { ANSWERED, SAID, SLOTS } from './phrases.js';
import { random } from './random.js';
import { writeComment, writeStatus } from './write-text.js';

const moods = Object.keys(SAID) as Mood[];
const write = (seed: number, count: number) => {
  const dice = random(seed);
  return Array.from({ length: count }, (_, n) => {
    const occasion = { mood: dice.pick(moods), minute: n % 91, match: n % 9, friend: { id: 'ada', name: 'Ada Adler' } };
    return n % 5 === 0 ? writeComment(occasion, dice) : writeStatus(occasion, dice);
  });
};
const texts = write(11, 5_000);

describe('texts of the audience', () => {
  it('may all be posted', () => {
    expect(texts.filter((text) => textFault(text) !== undefined)).toEqual([]);
    expect(Math.max(...texts.map(codePoints))).toBeLessThanOrEqual(MAX_CHARS);
  });

  it('fill every slot', () => {
    expect(texts.filter((text) => /[{}]|undefined/.test(text))).toEqual([]);
    const slots = [...Object.values(SAID).flat(), ...ANSWERED].flatMap((phrase) => phrase.match(/(?<=\{)\w+/g) ?? []);
    const known = [...Object.keys(SLOTS), 'home', 'away', 'minute', 'friend'];
    expect(slots.filter((slot) => !known.includes(slot))).toEqual([]);
  });

  it('repeat with their seed, and differ among each other', () => {
    expect(write(11, 100)).toEqual(texts.slice(0, 100));
    expect(new Set(texts).size).toBeGreaterThan(2_500);
  });

  it('hold links, tags, mentions, emoji and line breaks', () => {
    for (const pattern of [/https:\/\//, /#\w/, /@ada/, /\p{Extended_Pictographic}/u, /\n/]) {
      expect(texts.some((text) => pattern.test(text))).toBe(true);
    }
  });
});
