import { TokenClaims } from '@groundswell/contracts';
import type { EventRegistry } from '../accept/event-registry.js';
import type { MemberLimit } from '../limit/member-limit.js';
import type { Replays } from '../limit/replays.js';
import type { Items } from './items.js';
import type { LogWriter } from './log-writer.js';
import { Poster, type StoredPost } from './poster.js';

const caller = Object.assign(new TokenClaims(), { sub: 'ada', name: 'Ada', roles: ['member'], exp: 9 });
const request = { caller, event: 'final', key: 'k' };

/** A poster whose log remembers ids, and whose answers under keys are out of reach. */
function setUp(): Poster {
  const log = new Map<string, { seq: number; post: StoredPost }>();
  const write = async ({ subject, id, message }: { subject: string; id: string; message: object }) => {
    const known = log.get(id);
    if (known) return { seq: known.seq, duplicate: true };
    const seq = log.size + 1;
    log.set(id, { seq, post: { subject, message: message as StoredPost['message'] } });
    return { seq, duplicate: false };
  };
  const story = { kind: 'status', author: { id: 'ben' }, audience: 'everyone' };
  return new Poster({
    events: { live: () => undefined } as unknown as EventRegistry,
    limit: { spend: async () => undefined } as unknown as MemberLimit,
    replays: { of: () => ({ answer: async () => undefined, keep: async () => undefined }) } as unknown as Replays,
    items: { answerable: async () => story } as unknown as Items,
    writer: { write } as unknown as LogWriter,
    stored: async (position) => [...log.values()].find(({ seq }) => seq === position)?.post,
    clock: { now: () => 1, monotonic: () => 1 },
  });
}

describe('Poster, while answers under keys are out of reach', () => {
  it('answers a repeat with the position of the first', async () => {
    const poster = setUp();
    const first = await poster.status(request, { text: 'ok' });
    expect(await poster.status(request, { text: 'ok' })).toEqual({ body: first.body, replayed: true });
  });

  it('refuses a key that belongs to a status with another audience', async () => {
    const poster = setUp();
    await poster.status(request, { text: 'ok', audience: 'everyone' });
    const repeat = poster.status(request, { text: 'ok', audience: 'friends' });
    await expect(repeat).rejects.toMatchObject({ code: 'idempotency_conflict' });
  });

  it('refuses a key that belongs to a status, or to a comment elsewhere, for a comment of the same text', async () => {
    const poster = setUp();
    await poster.status(request, { text: 'ok' });
    const comment = poster.comment(request, { status: 'one', text: 'ok' });
    await expect(comment).rejects.toMatchObject({ code: 'idempotency_conflict' });
    const other = { ...request, key: 'k2' };
    await poster.comment(other, { status: 'one', text: 'ok' });
    const elsewhere = poster.comment(other, { status: 'two', text: 'ok' });
    await expect(elsewhere).rejects.toMatchObject({ code: 'idempotency_conflict' });
  });
});
