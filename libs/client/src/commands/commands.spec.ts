import { problem } from '@groundswell/protocol';
import type { Timers } from '../feed/environment.js';
import { CommandRefused, CommandUnavailable, UnexpectedAnswer } from './command-errors.js';
import { createCommands } from './commands.js';
import type { CommandsOptions } from './commands.js';
import { newIdempotencyKey } from './http.js';
import type { HttpAnswer, HttpRequest } from './http.js';

type Reply = { status: number; body?: unknown; retryAfter?: string } | Error;

/** Timers that run retries at once and never let an attempt time out. */
function instantTimers(waits: number[]): Timers {
  return {
    set(run, ms) {
      if (ms !== 10_000) {
        waits.push(ms);
        queueMicrotask(run);
      }
      return () => undefined;
    },
  };
}

function commandsWith(replies: Reply[], options: CommandsOptions = {}) {
  const calls: { url: string; request: HttpRequest }[] = [];
  const waits: number[] = [];
  let key = 0;
  const commands = createCommands({
    baseUrl: 'http://host',
    token: () => 'jwt',
    timers: instantTimers(waits),
    random: () => 0,
    newKey: () => `key-${++key}`,
    fetch(url, request): Promise<HttpAnswer> {
      calls.push({ url, request });
      const reply = replies.shift() ?? { status: 500 };
      if (reply instanceof Error) return Promise.reject(reply);
      const text = reply.body === undefined ? '' : JSON.stringify(reply.body);
      const headers = { get: (name: string) => (name === 'retry-after' ? (reply.retryAfter ?? null) : null) };
      return Promise.resolve({ status: reply.status, headers, text: () => Promise.resolve(text) });
    },
    ...options,
  });
  return { commands, calls, waits };
}

const posted = { id: 'abcdefghijklmnop', seq: 5, at: 1 };

describe('createCommands', () => {
  it('posts with token, key and body', async () => {
    const { commands, calls } = commandsWith([{ status: 201, body: posted }]);
    await expect(commands.postStatus('final', { text: 'hi', audience: 'friends' })).resolves.toEqual(posted);
    expect(calls).toMatchObject([
      {
        url: 'http://host/v1/events/final/statuses',
        request: {
          method: 'POST',
          headers: { authorization: 'Bearer jwt', 'idempotency-key': 'key-1', 'content-type': 'application/json' },
          body: '{"text":"hi","audience":"friends"}',
        },
      },
    ]);
  });

  it('addresses every command', async () => {
    const { commands, calls } = commandsWith(Array.from({ length: 6 }, () => ({ status: 200, body: [] })));
    await commands.postComment('e', 's', { text: 'x', inReplyTo: 'c' });
    await commands.deleteStatus('e', 's');
    await commands.deleteComment('e', 's', 'c');
    await commands.like('e', 's', true);
    await commands.like('e', 's', false);
    await commands.events();
    expect(calls.map(({ url, request }) => `${request.method} ${url.slice('http://host'.length)}`)).toEqual([
      'POST /v1/events/e/statuses/s/comments',
      'DELETE /v1/events/e/statuses/s',
      'DELETE /v1/events/e/statuses/s/comments/c',
      'PUT /v1/events/e/statuses/s/like',
      'DELETE /v1/events/e/statuses/s/like',
      'GET /v1/events',
    ]);
  });

  it('retries a 503 and a lost connection with the same key, and waits as asked', async () => {
    const { commands, calls, waits } = commandsWith([
      { status: 503, body: problem('unavailable', 'wait'), retryAfter: '3' },
      new TypeError('fetch failed'),
      { status: 201, body: posted },
    ]);
    await expect(commands.postStatus('final', { text: 'hi' })).resolves.toEqual(posted);
    expect(calls.map(({ request }) => request.headers['idempotency-key'])).toEqual(['key-1', 'key-1', 'key-1']);
    expect(waits).toEqual([3_000, 500]);
  });

  it('gives up after the last attempt and names the key to try again with', async () => {
    const { commands, calls } = commandsWith([new TypeError('down'), new TypeError('down')], { attempts: 2 });
    const error: unknown = await commands.postStatus('final', { text: 'hi' }).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(CommandUnavailable);
    expect(error).toMatchObject({ key: 'key-1', cause: { message: 'down' } });
    expect(calls).toHaveLength(2);
  });

  it('uses the key of an earlier attempt when it is given', async () => {
    const { commands, calls } = commandsWith([{ status: 201, body: posted }]);
    await commands.postComment('final', 's', { text: 'hi', key: 'old' });
    expect(calls[0]?.request.headers['idempotency-key']).toBe('old');
  });

  it('turns a problem document into a typed error and does not retry it', async () => {
    const { commands, calls } = commandsWith([{ status: 409, body: problem('event_ended', 'It is over.') }]);
    const error: unknown = await commands.postStatus('final', { text: 'hi' }).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(CommandRefused);
    expect(error).toMatchObject({ problem: { code: 'event_ended', status: 409 } });
    expect(calls).toHaveLength(1);
  });

  it.each([
    [{ status: 502, body: 'bad gateway' }, 502],
    [{ status: 404, body: { code: 'nonsense' } }, 404],
    [{ status: 200, body: {} }, 200],
  ])('says so when the answer is not of the protocol: %p', async (reply, status) => {
    const { commands } = commandsWith([reply]);
    await expect(commands.events()).rejects.toMatchObject({ name: UnexpectedAnswer.name, status });
  });

  it('gives up an attempt that is not answered in time', async () => {
    const { commands } = commandsWith([], {
      attempts: 1,
      timeoutMs: 5,
      fetch: () => new Promise(() => undefined),
    });
    await expect(commands.events()).rejects.toMatchObject({ cause: { message: 'No answer within 5 ms.' } });
  });

  it('sends no authorization when signed out', async () => {
    const { commands, calls } = commandsWith([{ status: 200, body: [] }], { token: () => undefined });
    await commands.events();
    expect(calls[0]?.request.headers).toEqual({ accept: 'application/json' });
  });

  it('makes keys that differ', () => {
    expect(newIdempotencyKey()).toMatch(/^[0-9a-f]{32}$/);
    expect(newIdempotencyKey()).not.toBe(newIdempotencyKey());
  });
});
