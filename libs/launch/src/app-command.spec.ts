import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appCommand } from './app-command.js';

describe('appCommand', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'groundswell-app-'));
  });
  afterAll(() => rm(root, { recursive: true }));

  async function app(name: string, scripts: object): Promise<string> {
    await mkdir(join(root, 'apps', name), { recursive: true });
    await writeFile(join(root, 'apps', name, 'package.json'), JSON.stringify({ scripts }));
    return name;
  }

  it('runs the start script with this Node', async () => {
    const name = await app('one', { start: 'node --max-semi-space-size=64 dist/main.js' });
    expect(await appCommand(root, name)).toEqual({
      command: process.execPath,
      args: ['--max-semi-space-size=64', join(root, 'apps', 'one', 'dist/main.js')],
    });
  });

  it.each([{}, { start: 'tsx main.ts' }, { start: 'node' }])('refuses the scripts %j', async (scripts) => {
    const name = await app('two', scripts);
    await expect(appCommand(root, name)).rejects.toThrow('apps/two/package.json needs a script "start"');
  });
});
