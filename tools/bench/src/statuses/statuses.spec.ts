import { textFault } from '@groundswell/protocol';
import { IdDigest } from './digest.js';
import { opJson, StatusMaker } from './status-maker.js';
import { steadily } from './steadily.js';
import { filesInTar } from './tar.js';
import { openTexts, syntheticTexts } from './texts.js';

describe('syntheticTexts', () => {
  it('follow from the seed and are fit to be posted', () => {
    const texts = syntheticTexts(500);
    expect(texts).toEqual(syntheticTexts(500));
    expect(texts).not.toEqual(syntheticTexts(500, 2));
    expect(texts.flatMap(({ text }) => textFault(text) ?? [])).toEqual([]);
  });
});

describe('openTexts', () => {
  it('begins anew when it comes to the end', () => {
    const texts = openTexts(undefined);
    expect(texts.source).toBe('synthetic');
    expect(texts.at(5_000)).toEqual(texts.at(0));
  });
});

describe('StatusMaker', () => {
  it('makes ids of 16 characters, none twice', () => {
    const maker = new StatusMaker(openTexts(undefined));
    const ids = Array.from({ length: 100 }, () => maker.next().id);
    expect(ids.every((id) => /^[a-z0-9]{16}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(100);
  });

  it('makes ops as viewers get them', () => {
    const status = new StatusMaker({ source: '', at: () => ({ author: 'a', text: 'see #this' }) }).next(5);
    expect(JSON.parse(opJson(status, 9))).toEqual({
      t: 'add',
      id: status.id,
      seq: 9,
      at: 5,
      author: { id: 'a', name: 'a' },
      text: 'see #this',
      rev: 1,
      facets: [{ kind: 'tag', start: 4, end: 9 }],
    });
  });
});

describe('IdDigest', () => {
  const of = (...ids: string[]): string => {
    const digest = new IdDigest();
    for (const id of ids) digest.add(id);
    return digest.value;
  };

  it('tells sets apart, whatever their order', () => {
    expect(of('a', 'b', 'c')).toBe(of('c', 'a', 'b'));
    expect(of('a', 'b')).not.toBe(of('a', 'c'));
    expect(of('a')).not.toBe(of('a', 'a'));
  });
});

describe('steadily', () => {
  it('sends as many as rate and time make, in order', async () => {
    const sent: number[] = [];
    const { count } = await steadily({ rate: 500, seconds: 0.04, send: (index) => sent.push(index) });
    expect(count).toBe(20);
    expect(sent).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });
});

describe('filesInTar', () => {
  it('reads names and contents of plain files', () => {
    const header = (name: string, size: number, type = '0'): Buffer => {
      const block = Buffer.alloc(512);
      block.write(name);
      block.write(size.toString(8).padStart(11, '0'), 124);
      block.write(type, 156);
      return block;
    };
    const content = Buffer.alloc(512);
    content.write('hello');
    const tar = Buffer.concat([
      header('d/', 0, '5'),
      header('d/a.txt', 5),
      content,
      header('b', 0),
      Buffer.alloc(1024),
    ]);
    const files = [...filesInTar(tar)].map(({ path, content: read }) => [path, read().toString()]);
    expect(files).toEqual([
      ['d/a.txt', 'hello'],
      ['b', ''],
    ]);
  });
});
