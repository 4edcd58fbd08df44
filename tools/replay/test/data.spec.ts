/** Every file that can be replayed, read as it is. Without GROUNDSWELL_DATA, files of the same forms that are made here. */
import { useTempDir } from '@groundswell/testing';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { readClock } from '../src/sources/clock.js';
import { readGraph } from '../src/sources/graph.js';
import { readSources } from '../src/sources/read-sources.js';
import { syntheticGraph, syntheticMessages } from '../src/sources/synthetic.js';
import { writeChatArchive, writeTweetArchive } from './made-archives.js';

jest.setTimeout(60_000);

const real = process.env['GROUNDSWELL_DATA'];
const dir = useTempDir();
const made = syntheticGraph({ nodes: 500, degree: 6, seed: 2 });
const talk = syntheticMessages({ count: 800, authors: 50, seed: 2 });

/** A real file, or, where there is no real data, one that `make` writes. */
async function fileOr(path: string, make: (file: string) => Promise<void>): Promise<string> {
  if (real !== undefined) {
    const found = join(real, path);
    if (!existsSync(found)) throw new Error(`GROUNDSWELL_DATA has no ${path}`);
    return found;
  }
  const file = join(dir.path, path.replaceAll('/', '-'));
  await make(file);
  return file;
}

describe('graphs', () => {
  it.each([
    { path: 'graphs/ego-facebook/facebook_combined.txt', header: '', between: ' ', nodes: 4039, edges: 88_234 },
    {
      path: 'graphs/rozemberczki/deezer_HU_edges.csv',
      header: 'node_1,node_2\n',
      between: ',',
      nodes: 47_538,
      edges: 222_887,
    },
    { path: 'graphs/rozemberczki/twitch_DE_edges.csv', header: 'from,to\n', between: ',', nodes: 9498, edges: 153_138 },
    {
      path: 'graphs/rozemberczki/lastfm_asia_edges.csv',
      header: 'node_1,node_2\n',
      between: ',',
      nodes: 7624,
      edges: 27_806,
    },
  ])('$path', async ({ path, header, between, nodes, edges }) => {
    const lines = made.edges.map((edge) => edge.join(between)).join('\n');
    const graph = await readGraph(await fileOr(path, (file) => writeFile(file, `${header}${lines}\n`)));
    expect(graph.nodes).toHaveLength(real === undefined ? made.nodes.length : nodes);
    expect(graph.edges).toHaveLength(real === undefined ? made.edges.length : edges);
  });
});

describe('archives', () => {
  const read = async (statuses: string) =>
    (await readSources({ graph: 'synthetic', statuses, clock: 'synthetic', seed: 1, limit: 10 })).messages;
  const facts = (messages: Awaited<ReturnType<typeof read>>) => ({
    messages: messages.length,
    authors: new Set(messages.map(({ author }) => author)).size,
    tooLong: messages.filter(({ text }) => [...text].length > 420).length,
    empty: messages.filter(({ text }) => text.trim() === '').length,
  });

  it('statuses/ubuntu-irc', async () => {
    const path = 'statuses/ubuntu-irc/irc-disentanglement-data.tar.gz';
    const messages = await read(await fileOr(path, (file) => writeChatArchive(file, talk)));
    const expected = { messages: 221_619, authors: 17_780, tooLong: 228, empty: 27 };
    expect(facts(messages)).toEqual(real === undefined ? facts(talk) : expected);
    expect(messages.every(({ parent }, index) => parent === undefined || parent < index)).toBe(true);
    expect(messages.filter(({ parent }) => parent !== undefined).length).toBeGreaterThan(messages.length / 10);
  });

  it('statuses/rumoureval2017', async () => {
    const path = 'statuses/rumoureval2017/rumoureval2017-tweets.tar.gz';
    const messages = await read(await fileOr(path, (file) => writeTweetArchive(file, talk)));
    expect(messages).toHaveLength(real === undefined ? talk.length : 5568);
    const answers = messages.filter(({ parent }) => parent !== undefined).length;
    expect(answers).toBe(real === undefined ? talk.filter(({ parent }) => parent !== undefined).length : 5241);
    expect(messages.some(({ text }) => /&(amp|lt|gt);/.test(text))).toBe(false);
  });
});

describe('clocks', () => {
  it('rates/ted-munliv', async () => {
    const at = (second: number) => String(BigInt(1_571_584_500_000 + second * 1000 - 1_288_834_974_657) << 22n);
    const ids = Array.from({ length: 8101 }, (_, second) => at(second)).join('\n');
    const times = await readClock(await fileOr('rates/ted-munliv/ids-15.15_17.30.txt', (file) => writeFile(file, ids)));
    expect(times).toHaveLength(real === undefined ? 8101 : 118_700);
    expect(times[0]).toBe(0);
    // A quarter past three to half past five.
    expect(times.at(-1)! / 60_000).toBeCloseTo(135, 0);
  });
});
