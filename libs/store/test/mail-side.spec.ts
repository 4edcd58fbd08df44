import type { PrivateContent } from '@groundswell/contracts';
import { useRedis } from '@groundswell/testing';
import { applySlices, privateOps, readMailSides, type RoutedOp } from '../src/index.js';
import { slicesOf, useStore } from './stack.js';

const CREATED = 1_700_000_000_000;
const RHYTHM = { rhythm: 'soon', timeZone: 'Europe/Berlin', hour: 9, quiet: { from: 22, to: 8 } } as const;

describe('readMailSides', () => {
  const server = useRedis({ appendonly: false });
  const stack = useStore(server);

  /** Projects what members have said, a position each. */
  async function said(...messages: [member: string, content: PrivateContent][]): Promise<void> {
    const ops: RoutedOp[] = messages.flatMap(([member, content], i) =>
      privateOps({ ...content, member, seq: i + 1, at: i + 1 }),
    );
    const slices = slicesOf(ops, 0, messages.length);
    await applySlices(stack.store, { log: 'SOCIAL', created: CREATED, slices });
  }

  it('gives where and when members are written to, in the order asked', async () => {
    await said(
      ['ada', { kind: 'address', content: { step: 'asked', address: 'ada@example.org' } }],
      ['ben', { kind: 'letters', content: RHYTHM }],
      ['ada', { kind: 'address', content: { step: 'confirmed', address: 'ada@example.org' } }],
    );
    const [nobody, ben, ada] = await readMailSides(stack.store, ['nobody', 'ben', 'ada']);
    expect(nobody).toMatchObject({ address: undefined, rhythm: undefined });
    expect(ben).toMatchObject({ checkpoint: { created: CREATED, seq: 3 }, address: undefined, rhythm: RHYTHM });
    expect(ada!.address).toEqual({ address: 'ada@example.org', state: 'confirmed', at: 3 });
  });

  it('gives how long members want to be left alone, until they watch no longer', async () => {
    const watch = { provider: 'own', subject: 'sue', on: true, delayMs: 5 };
    const other = { provider: 'mastodon', subject: '7', on: true };
    await said(
      ['ada', { kind: 'watch', content: watch }],
      ['ben', { kind: 'watch', content: watch }],
      ['ben', { kind: 'watch', content: { ...watch, on: false } }],
      ['cleo', { kind: 'watch', content: other }],
    );
    const sides = await readMailSides(stack.store, ['ada', 'ben', 'cleo']);
    expect(sides.map(({ delays }) => [...delays])).toEqual([[['own:sue', 5]], [], []]);
  });

  it('knows why an address is stopped, and forgets one that was removed', async () => {
    await said(
      ['ada', { kind: 'address', content: { step: 'stopped', address: 'ada@example.org', reason: 'bounced' } }],
      ['ben', { kind: 'address', content: { step: 'confirmed', address: 'ben@example.org' } }],
      ['ben', { kind: 'address', content: { step: 'stopped', address: 'ben@example.org', reason: 'removed' } }],
    );
    const [ada, ben] = await readMailSides(stack.store, ['ada', 'ben']);
    expect(ada!.address).toEqual({ address: 'ada@example.org', state: 'stopped', reason: 'bounced', at: 1 });
    expect(ben!.address).toBeUndefined();
  });

  it('says so when a view holds nothing', async () => {
    expect(await readMailSides(stack.store, ['ada'])).toEqual([
      { checkpoint: undefined, address: undefined, rhythm: undefined, delays: new Map() },
    ]);
  });
});
