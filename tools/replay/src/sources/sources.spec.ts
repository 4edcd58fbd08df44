import { mkdtempSync, rmSync, createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { appendDay, readChatLog } from './chat-log.js';
import { parseClock } from './clock.js';
import { parseGraph } from './graph.js';
import type { SourceMessage } from './messages.js';
import { syntheticClock, syntheticGraph, syntheticMessages } from './synthetic.js';
import { readTweets } from './tweets.js';

const folder = mkdtempSync(join(tmpdir(), 'replay-sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function archive(name: string, files: Record<string, string>): Promise<string> {
  const tar = pack();
  for (const [path, text] of Object.entries(files)) tar.entry({ name: path }, text);
  tar.finalize();
  const file = join(folder, name);
  await pipeline(tar, createGzip(), createWriteStream(file));
  return file;
}

describe('chat logs', () => {
  const raw = [
    '[09:14] <ann> hello',
    '=== bob has joined',
    '[09:15]  * ann waves',
    '[09:15] <bob> hi ann',
    '[09:16] <c_c> ',
  ];

  it('keep messages, and leave joins and actions out', () => {
    const messages: SourceMessage[] = [];
    appendDay(messages, raw.join('\n'), '');
    expect(messages).toEqual([
      { author: 'ann', text: 'hello' },
      { author: 'bob', text: 'hi ann' },
      { author: 'c_c', text: '' },
    ]);
  });

  it('take the lowest parent, and drop links that touch what is left out', () => {
    const messages: SourceMessage[] = [{ author: 'x', text: 'an earlier day' }];
    appendDay(messages, raw.join('\n'), '0 0 -\n3 4 -\n0 4 -\n1 3 -\n2 4 -\n');
    expect(messages.map(({ parent }) => parent)).toEqual([undefined, undefined, undefined, 1]);
  });

  it('are read by day and then by name, from the three sets and nowhere else', async () => {
    const file = await archive('chat.tar.gz', {
      'data/train/2005-01-02.b.raw.txt': '[00:00] <a> third',
      'data/dev/2005-01-02.a.raw.txt': '[00:00] <a> second',
      'data/test/2004-12-31_01.raw.txt': '[00:00] <a> first',
      'data/new-domains/x.raw.txt': '[00:00] <a> never',
    });
    expect((await readChatLog(file)).map(({ text }) => text)).toEqual(['first', 'second', 'third']);
  });
});

describe('tweets', () => {
  it('are ordered by id as a number, unescaped, and linked', async () => {
    const tweet = (id: string, text: string, answered: string | null, name = 'u') =>
      JSON.stringify({ id_str: id, text, in_reply_to_status_id_str: answered, user: { screen_name: name } });
    const file = await archive('tweets.tar.gz', {
      'd/1/source-tweet/99.json': tweet('99', 'a &amp; b &lt;3', null),
      'd/1/replies/100000000000000000.json': tweet('100000000000000000', 'later', '99'),
      'd/1/replies/100.json': tweet('100', 'gone', '7'),
      'd/1/structure.json': '{}',
    });
    expect(await readTweets(file)).toEqual([
      { author: 'u', text: 'a & b <3' },
      { author: 'u', text: 'gone' },
      { author: 'u', text: 'later', parent: 0 },
    ]);
  });
});

describe('graphs and clocks', () => {
  it('are read with or without a header, each friendship once', () => {
    expect(parseGraph('node_1,node_2\n0,1\n1,0\n2,2\n1,3\n', 'g')).toEqual({
      nodes: ['0', '1', '2', '3'],
      edges: [
        ['0', '1'],
        ['1', '3'],
      ],
    });
    expect(parseGraph('0 1\n', 'g').edges).toEqual([['0', '1']]);
    expect(() => parseGraph('0 1\nx y\n', 'g')).toThrow('g: line 2');
  });

  it('take the time out of ids', () => {
    expect(parseClock('1185937466080907265\n1185937466089295872\n', 'c')).toEqual([0, 2]);
    expect(() => parseClock('1\nnoon\n', 'c')).toThrow('c: line 2');
  });
});

describe('synthetic input', () => {
  it('follows from the seed', () => {
    const input = { count: 500, authors: 40, seed: 3 };
    expect(syntheticMessages(input)).toEqual(syntheticMessages(input));
    expect(syntheticMessages(input)).not.toEqual(syntheticMessages({ ...input, seed: 4 }));
    const { nodes, edges } = syntheticGraph({ nodes: 200, degree: 5, seed: 1 });
    expect(nodes).toHaveLength(200);
    expect(edges.length).toBeGreaterThan(800);
    const clock = syntheticClock({ count: 1000, perS: 50, seed: 1 });
    expect(clock).toEqual(clock.toSorted((a, b) => a - b));
    expect(clock.at(-1)! / 1000).toBeGreaterThan(10);
  });
});
