import { useTempDir } from '@groundswell/testing';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPageFile } from './page-files.js';

describe('readPageFile', () => {
  const dir = useTempDir();
  const read = (address: string) => readPageFile(join(dir.path, 'dist'), address);
  beforeAll(async () => {
    await mkdir(join(dir.path, 'dist', 'assets'), { recursive: true });
    await writeFile(join(dir.path, 'secret.txt'), 'secret');
    await writeFile(join(dir.path, 'dist', 'index.html'), 'page');
    await writeFile(join(dir.path, 'dist', '.hidden'), 'hidden');
    await writeFile(join(dir.path, 'dist', 'assets', 'index-a1_B.js'), 'code');
  });

  it('finds the page and its parts', async () => {
    expect(await read('/')).toMatchObject({
      content: Buffer.from('page'),
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
    });
    expect(await read('/assets/index-a1_B.js')).toMatchObject({
      content: Buffer.from('code'),
      headers: {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': expect.stringMatching('immutable') as string,
      },
    });
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/.hidden',
    '/assets',
    '/assets/',
    '//',
    '',
  ])('finds nothing at %j', async (address) => {
    expect(await read(address)).toBeUndefined();
  });
});
