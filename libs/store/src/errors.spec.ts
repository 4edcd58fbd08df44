import { readFile } from 'node:fs/promises';
import { STORE_ERRORS, storeError } from './errors.js';

describe('errors', () => {
  it('are those of the README, with code and remedy', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const rows = [...readme.matchAll(/^\| `(\w+)` +\| `(\w+)` +\| (.*?) +\|$/gm)];
    expect(rows.map(([, name, code, remedy]) => [name, code, remedy])).toEqual(
      Object.entries(STORE_ERRORS).map(([name, { code, remedy }]) => [name, code, remedy]),
    );
  });

  it.each([
    ['StoreRefused', 'OOM command not allowed when used memory > maxmemory'],
    ['StoreRefused', 'WRONGTYPE Operation against a key holding the wrong kind of value'],
    ['StoreUnavailable', 'LOADING Redis is loading the dataset in memory'],
    ['StoreUnavailable', 'The client is offline'],
    ['StoreUnavailable', 'Socket closed unexpectedly'],
  ])('a %s is told by "%s"', (name, message) => {
    const cause = new Error(message);
    expect(storeError(cause)).toMatchObject({ name, cause, message });
  });
});
