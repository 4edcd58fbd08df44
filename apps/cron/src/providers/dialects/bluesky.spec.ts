import { bluesky } from './bluesky.js';

const ME = 'did:plc:me';
const OTHER = 'did:plc:other';
const $type = 'app.bsky.graph.defs#relationship';
const read = (...relationships: unknown[]) =>
  bluesky.read({ body: { actor: ME, relationships }, headers: {}, account: ME });

describe('bluesky', () => {
  it('asks with a parameter for each', () => {
    expect(bluesky.path({ account: ME, ids: [OTHER, 'did:web:a.b'] })).toBe(
      '/xrpc/app.bsky.graph.getRelationships?actor=did%3Aplc%3Ame&others=did%3Aplc%3Aother&others=did%3Aweb%3Aa.b',
    );
  });

  it.each([
    [
      { $type, did: OTHER, followedBy: 'at://x/app.bsky.graph.follow/1' },
      { kind: 'value', value: 'follows' },
    ],
    [
      { $type, did: OTHER, following: 'at://x' },
      { kind: 'value', value: 'follows_not' },
    ],
    [{ $type, did: OTHER, followedBy: true }, { kind: 'unknown' }],
    [{ $type, did: OTHER, blockedBy: 'at://x' }, { kind: 'hidden' }],
    [{ $type, did: OTHER, blockingByList: 'at://x', followedBy: 'at://x' }, { kind: 'hidden' }],
    [{ $type: 'app.bsky.graph.defs#notFoundActor', actor: OTHER, notFound: true }, { kind: 'gone' }],
    [{ $type: 'app.bsky.graph.defs#other', did: OTHER, followedBy: 'at://x' }, { kind: 'unknown' }],
    [{ did: OTHER }, { kind: 'unknown' }],
  ])('reads %j', (item, reading) => {
    expect(read(item)).toEqual({ readings: [[OTHER, reading]] });
  });

  it.each([[null], [{ $type }], [{ $type, did: 7 }]])('does not read %j', (item) => {
    expect(read(item)).toEqual({ kind: 'hard', reason: 'shape' });
  });

  it.each([[{ actor: OTHER, relationships: [] }], [{ relationships: [] }]])('is not for this actor: %j', (body) => {
    expect(bluesky.read({ body, headers: {}, account: ME })).toEqual({ kind: 'hard', reason: 'foreign' });
  });

  it('knows when the watcher is no more', () => {
    expect(bluesky.refusal(400, { error: 'ActorNotFound' })).toEqual({ kind: 'auth', reason: 'no_account' });
    expect(bluesky.refusal(400, { error: 'InvalidRequest' })).toBeUndefined();
  });

  it.each(['alice.example', 'did:plc:a&b', 'did:plc:', `did:plc:${'x'.repeat(201)}`])('does not ask for %s', (id) => {
    expect(bluesky.id.test(id)).toBe(false);
  });
});
