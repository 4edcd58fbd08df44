import { problem } from '@groundswell/protocol';
import { CommandRefused } from './command-errors.js';
import { createCommands } from './commands.js';
import type { HttpAnswer, HttpRequest } from './http.js';

/** Commands whose requests are recorded and answered with `status` and `body`. */
function commandsWith(status: number, body: unknown) {
  const calls: { line: string; request: HttpRequest }[] = [];
  let key = 0;
  const commands = createCommands({
    token: () => 'jwt',
    newKey: () => `key-${++key}`,
    fetch(path, request): Promise<HttpAnswer> {
      calls.push({ line: `${request.method} ${path}`, request });
      return Promise.resolve({
        status,
        headers: { get: () => null },
        text: () => Promise.resolve(JSON.stringify(body)),
      });
    },
  });
  return { commands, calls };
}

describe('peopleCommands', () => {
  it('addresses every change and gives each a key of its own', async () => {
    const { commands, calls } = commandsWith(200, { seq: 7 });
    for (const name of ['befriend', 'accept', 'unfriend', 'block', 'unblock', 'mute', 'unmute'] as const) {
      await expect(commands[name]('bo')).resolves.toEqual({ seq: 7 });
    }
    expect(calls.map(({ line, request }) => `${line} ${request.headers['idempotency-key']}`)).toEqual([
      'PUT /v1/friends/bo key-1',
      'POST /v1/friends/bo/acceptance key-2',
      'DELETE /v1/friends/bo key-3',
      'PUT /v1/blocks/bo key-4',
      'DELETE /v1/blocks/bo key-5',
      'PUT /v1/mutes/bo key-6',
      'DELETE /v1/mutes/bo key-7',
    ]);
    expect(calls.map(({ request }) => request.body)).toEqual(calls.map(() => undefined));
  });

  it('reads lists and profiles, without a key', async () => {
    const { commands, calls } = commandsWith(200, {});
    await commands.friends();
    await commands.blocks();
    await commands.mutes();
    await commands.profile();
    await commands.member('bo');
    expect(calls.map(({ line }) => line)).toEqual([
      'GET /v1/friends',
      'GET /v1/blocks',
      'GET /v1/mutes',
      'GET /v1/profile',
      'GET /v1/members/bo',
    ]);
    expect(calls.filter(({ request }) => 'idempotency-key' in request.headers)).toEqual([]);
  });

  it('puts the whole profile', async () => {
    const { commands, calls } = commandsWith(200, { seq: 8 });
    await expect(commands.putProfile({ name: 'Ann', avatar: '#0b6e6e' })).resolves.toEqual({ seq: 8 });
    expect(calls).toMatchObject([
      {
        line: 'PUT /v1/profile',
        request: { headers: { 'idempotency-key': 'key-1' }, body: '{"name":"Ann","avatar":"#0b6e6e"}' },
      },
    ]);
  });

  it('rejects with the problem when a request was taken back before it was accepted', async () => {
    const { commands } = commandsWith(409, problem('not_asked', 'They have taken it back.'));
    const error: unknown = await commands.accept('bo').catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(CommandRefused);
    expect(error).toMatchObject({ problem: { code: 'not_asked' } });
  });
});
