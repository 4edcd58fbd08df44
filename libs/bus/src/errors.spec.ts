import { readFile } from 'node:fs/promises';
import { BUS_ERRORS, PublishUnknown, StreamConfigRefused } from './errors.js';

describe('errors', () => {
  it('are those of the README, with code and remedy', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const rows = [...readme.matchAll(/^\| `(\w+)` +\| `(\w+)` +\| (.*?) +\|$/gm)].map(([, name, code, remedy]) => [
      name,
      code,
      remedy,
    ]);
    expect(rows).toEqual(Object.entries(BUS_ERRORS).map(([name, { code, remedy }]) => [name, code, remedy]));
  });

  it('carry name, code, cause and remedy', () => {
    const cause = new Error('why');
    const error = new PublishUnknown('no answer', { cause });
    expect(error).toMatchObject({ name: 'PublishUnknown', code: 'publish_unknown', message: 'no answer', cause });
    expect(error.remedy).toContain('same id');
  });

  it('say which setting differs and what to do', () => {
    const cause = new Error('stream configuration update can not change storage type');
    const { message } = new StreamConfigRefused('EVENTS', [{ field: 'storage', is: 'memory', shouldBe: 'file' }], {
      cause,
    });
    expect(message).toContain('storage is "memory" and should be "file"');
    expect(message).toContain(cause.message);
    expect(message).toContain('nats stream edit EVENTS');
  });
});
