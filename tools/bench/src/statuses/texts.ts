import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { textFault } from '@groundswell/protocol';
import { filesInTar } from './tar.js';

export interface Texts {
  /** Where they come from, for the report. */
  source: string;
  /** Author and text of the i-th status; they repeat when there are no more. */
  at(index: number): { author: string; text: string };
}

const CHAT = 'statuses/ubuntu-irc/irc-disentanglement-data.tar.gz';
const MESSAGE = /^\[\d\d:\d\d\] <([^>]+)> ?(.*)$/;
const ENOUGH = 20_000;

/** Real texts of the folder that `GROUNDSWELL_DATA` names, else made-up ones that follow from a seed. */
export function openTexts(folder: string | undefined): Texts {
  if (folder === undefined) return list('synthetic', syntheticTexts(5_000));
  const tar = gunzipSync(readFileSync(join(folder, CHAT)));
  const found: { author: string; text: string }[] = [];
  for (const { path, content } of filesInTar(tar)) {
    if (!/data\/train\/[^/]+\.raw\.txt$/.test(path)) continue;
    for (const line of content().toString('utf8').split('\n')) {
      const match = MESSAGE.exec(line);
      if (match && textFault(match[2]!) === undefined) found.push({ author: pseudonym(match[1]!), text: match[2]! });
    }
    if (found.length >= ENOUGH) break;
  }
  return list(CHAT, found);
}

function list(source: string, texts: readonly { author: string; text: string }[]): Texts {
  if (texts.length === 0) throw new RangeError(`${source} holds no texts`);
  return { source, at: (index) => texts[index % texts.length]! };
}

/** Nicks hold characters that member ids must not. */
function pseudonym(nick: string): string {
  return nick.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 60);
}

const WORDS =
  'what a goal the keeper had no chance again never offside referee look at that pass midfield corner late card bench substitute penalty crowd anthem replay unbelievable 😀 Müller très 試合 https://example.org/live #final'.split(
    ' ',
  );

/** Texts of 3 to 22 words; short words are the more frequent ones, as in speech. */
export function syntheticTexts(count: number, seed = 1): { author: string; text: string }[] {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, () => {
    const words = 3 + Math.floor(20 * random() ** 2);
    const text = Array.from({ length: words }, () => WORDS[Math.floor(WORDS.length * random() ** 1.5)]!).join(' ');
    return { author: `fan${Math.floor(400 * random() ** 2)}`, text };
  });
}
