import { isTool, readGrants, readOrder } from './tool-access.js';

describe('what tools may ask for', () => {
  it('needs the secret', () => {
    expect(isTool('Bearer 12345678', '12345678')).toBe(true);
    expect(
      [undefined, '', '12345678', 'Bearer 12345679', 'Bearer 123456789'].map((h) => isTool(h, '12345678')),
    ).toEqual(Array(5).fill(false));
  });

  it('tokens for many members', () => {
    const members = [
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B', roles: ['load'] },
    ];
    expect(readGrants({ members, ttlS: 60 })).toEqual(members.map((member) => ({ ...member, ttlS: 60 })));
    expect(readGrants({ members: [members[0]] })).toEqual([{ id: 'a', name: 'A', ttlS: 3600 }]);
  });

  it.each([
    [undefined, '"members"'],
    [{ members: [] }, '"members"'],
    [{ members: Array.from({ length: 20_001 }, () => ({ id: 'a', name: 'A' })) }, '"members"'],
    [{ members: [{ id: 'a', name: 'A' }], ttlS: 0 }, '"ttlS"'],
    [{ members: [{ id: 'a', name: 'A' }], ttlS: 1e9 }, '"ttlS"'],
    [
      {
        members: [
          { id: 'a', name: 'A' },
          { id: 'a b', name: 'A' },
        ],
      },
      '"members[1]"',
    ],
    [{ members: [{ id: 'a', name: ' ' }] }, '"members[0]"'],
    [{ members: [{ id: 'a', name: 'A', roles: ['god'] }] }, '"members[0]"'],
    [{ members: [null] }, '"members[0]"'],
  ])('refuses tokens for wrong bodies (%#)', (body, part) => {
    expect(readGrants(body)).toMatchObject({ status: 400, detail: expect.stringContaining(part) as string });
  });

  it('orders to processes', () => {
    const names = ['nats', 'fanout-1'];
    expect(readOrder({ name: 'nats', action: 'kill' }, names)).toEqual({ name: 'nats', action: 'kill' });
    expect(readOrder({ name: 'init', action: 'kill' }, names)).toMatchObject({
      detail: '"name" must be one of nats, fanout-1.',
    });
    expect(readOrder({ name: 'nats', action: 'hug' }, names)).toMatchObject({
      detail: '"action" must be one of kill, restart, pause, resume.',
    });
  });
});
