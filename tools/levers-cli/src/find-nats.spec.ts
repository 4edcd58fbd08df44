import { useTempDir } from '@groundswell/testing';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findNats, type Place } from './find-nats.js';

describe('findNats', () => {
  const dir = useTempDir();
  const find = (more: Partial<Place> = {}) =>
    findNats({ nats: undefined, data: undefined, env: {}, cwd: dir.path, root: join(dir.path, 'root'), ...more });
  const running = async (folder: string, content: unknown) => {
    await mkdir(join(dir.path, folder), { recursive: true });
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await writeFile(join(dir.path, folder, 'stack.json'), text);
  };

  it('takes what is given before what is set before what runs', async () => {
    await running('root/.data', { pid: process.pid, nats: 'nats://started:1' });
    await running('other', { pid: process.pid, nats: 'nats://other:1' });
    const env = { NATS_URL: 'nats://a:1, nats://b:2' };
    expect(await find()).toEqual(['nats://started:1']);
    expect(await find({ env })).toEqual(['nats://a:1', 'nats://b:2']);
    expect(await find({ env, data: 'other' })).toEqual(['nats://other:1']);
    expect(await find({ env, data: 'other', nats: 'tls://c' })).toEqual(['tls://c']);
  });

  it.each([
    ['absent', undefined],
    ['dead', { pid: 2 ** 22 + 1, nats: 'nats://x' }],
    ['broken', '{"pid":'],
    ['null', 'null'],
    ['empty', {}],
  ])('says what to do when the file is %s', async (folder, content) => {
    await running(content === undefined ? 'elsewhere' : folder, content ?? {});
    await expect(find({ data: folder })).rejects.toThrow(
      `No \`npm start\` is running in ${join(dir.path, folder)}: start it, name its folder with --data, or give the address with --nats nats://host:port.`,
    );
  });

  it.each(['localhost:4222', 'http://x', 'nats://', '', 'nats://a,b'])('refuses "%s" as an address', async (nats) => {
    await expect(find({ nats })).rejects.toThrow('--nats must look like nats://host:port');
  });
});
