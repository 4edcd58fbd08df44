import { TokenClaims, type Role } from '@groundswell/contracts';
import { ASKED, BLOCKED, BLOCKS, FRIENDS, MUTES, WAITING, type Side } from '@groundswell/social';
import type { MemberLimit } from '../limit/member-limit.js';
import type { LogWriter } from './log-writer.js';
import { PairWriter, type PairRequest } from './pair-writer.js';

const REQUEST = request('member');

function request(...roles: Role[]): PairRequest {
  const caller = Object.assign(new TokenClaims(), { sub: 'ada', name: 'Ada', roles, exp: 9 });
  return { caller, member: 'ben', key: 'k' };
}

/** A writer with these sides in the view; undefined: the view is out of reach. */
function setUp(sides: Record<string, Side> | undefined, openRequestsMax = 2, sidesOfBen: Record<string, Side> = {}) {
  const written: { subject: string; id: string; message: object }[] = [];
  const limit = { spend: async () => undefined } as unknown as MemberLimit;
  const pairs = new PairWriter({
    writer: {
      write: async (message: (typeof written)[number]) => {
        written.push(message);
        return { seq: 8, duplicate: false };
      },
    } as unknown as LogWriter,
    clock: { now: () => 5, monotonic: () => 5 },
    limits: { friendships: limit, blocks: limit },
    openRequestsMax,
    waitingRequestsMax: 2,
    graph: async (member) => {
      if (!sides) throw new Error('out of reach');
      const whose = member === 'ada' ? sides : sidesOfBen;
      return { checkpoint: { created: 1, seq: 7 }, sides: new Map(Object.entries(whose)) };
    },
  });
  return { pairs, written };
}

describe('saying yes', () => {
  it.each<[string, Side | undefined]>([
    ['strangers', undefined],
    ['somebody who has asked', WAITING],
    ['somebody who is muted', MUTES],
  ])('is written for %s', async (_, side) => {
    const { pairs, written } = setUp(side === undefined ? {} : { ben: side });
    expect(await pairs.befriend(REQUEST)).toEqual({ seq: 8 });
    expect(written).toEqual([
      {
        subject: 'gs.v1.social.friendship',
        id: 'friendship:ada:ben:true:k',
        at: 5,
        message: { edges: [['ada', 'ben']], on: true, mutual: false, at: 5 },
      },
    ]);
  });

  it.each([ASKED, FRIENDS, FRIENDS | MUTES])(
    'that is said already is answered and not written (side %i)',
    async (ben) => {
      const { pairs, written } = setUp({ ben });
      expect(await pairs.befriend(REQUEST)).toEqual({ seq: 7 });
      expect(written).toEqual([]);
    },
  );

  it.each([
    [BLOCKS, 'lift the block'],
    [BLOCKS | BLOCKED, 'lift the block'],
    [BLOCKED, 'This member cannot be asked now.'],
    [BLOCKED | MUTES, 'This member cannot be asked now.'],
  ])('is refused across a block (side %i)', async (ben, detail) => {
    const { pairs, written } = setUp({ ben });
    const refused = { code: 'cannot_be_asked', message: expect.stringContaining(detail) };
    await expect(pairs.befriend(REQUEST)).rejects.toMatchObject(refused);
    await expect(pairs.accept(REQUEST)).rejects.toMatchObject({ code: 'not_asked' });
    expect(written).toEqual([]);
  });

  it('is refused as across a block when too many wait for the other, before anything else is said', async () => {
    const blocked = await setUp({ ben: BLOCKED })
      .pairs.befriend(REQUEST)
      .catch((error: unknown) => error);
    const busy: Record<string, Side> = { x: WAITING, y: WAITING | MUTES, z: FRIENDS };
    const open = { cy: ASKED, dan: ASKED };
    for (const own of [{}, open]) await expect(setUp(own, 2, busy).pairs.befriend(REQUEST)).rejects.toEqual(blocked);
    await expect(setUp({ ben: WAITING }, 2, busy).pairs.befriend(REQUEST)).resolves.toEqual({ seq: 8 });
    await expect(setUp({}, 2, { x: WAITING, z: FRIENDS }).pairs.befriend(REQUEST)).resolves.toEqual({ seq: 8 });
  });

  it('waits for room when too many requests are open; to accept needs none, and the role load lifts the bound', async () => {
    const open = { cy: ASKED, dan: ASKED };
    const refused = { code: 'too_many_requests', headers: { 'Retry-After': '3600' } };
    await expect(setUp(open).pairs.befriend(REQUEST)).rejects.toMatchObject(refused);
    await expect(setUp({ ...open, ben: WAITING }).pairs.befriend(REQUEST)).resolves.toEqual({ seq: 8 });
    await expect(setUp({ ...open, dan: FRIENDS }).pairs.befriend(REQUEST)).resolves.toEqual({ seq: 8 });
    await expect(setUp(open).pairs.befriend(request('member', 'load'))).resolves.toEqual({ seq: 8 });
  });
});

describe('taking away', () => {
  it('reads nothing', async () => {
    const { pairs, written } = setUp(undefined);
    await pairs.unfriend(REQUEST);
    await pairs.shun('block', { ...REQUEST, on: true });
    await pairs.shun('mute', { ...REQUEST, on: false });
    expect(written.map(({ subject, message }) => [subject, message])).toEqual([
      ['gs.v1.social.friendship', { edges: [['ada', 'ben']], on: false, mutual: true, at: 5 }],
      ['gs.v1.social.block', { by: 'ada', to: 'ben', on: true, at: 5 }],
      ['gs.v1.social.mute', { by: 'ada', to: 'ben', on: false, at: 5 }],
    ]);
  });
});
