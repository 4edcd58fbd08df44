import { readContent, readSealed } from './private-messages.js';
import { readSocial } from './read-log.js';
import { PRIVATE_KINDS, subjects } from './subjects.js';

const data = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const sealed = { member: 'ada', at: 5, box: 'a.b.c.d.e' };

describe('sealed messages', () => {
  it.each(PRIVATE_KINDS)(
    'of the kind %s are read with their place, and are nothing to readers of the graph',
    (kind) => {
      const stored = { subject: subjects.private(kind), seq: 7, data: data(sealed) };
      expect(readSealed(stored)).toEqual({ kind, seq: 7, ...sealed });
      expect(readSocial(stored)).toBeUndefined();
    },
  );

  it.each([
    { ...sealed, member: 'a b' },
    { ...sealed, box: 5 },
    { ...sealed, at: 'now' },
    { member: 'ada' },
    null,
    'text',
  ])('are refused as %j', (message) => {
    expect(readSealed({ subject: subjects.private('watch'), seq: 1, data: data(message) })).toBeUndefined();
  });

  it('are not what lies on another subject', () => {
    expect(readSealed({ subject: subjects.social('block'), seq: 1, data: data(sealed) })).toBeUndefined();
  });
});

describe('readContent', () => {
  it.each([
    ['relationship', { value: 'engaged', visibility: 'friends', quiet: false }],
    ['relationship', { value: null, visibility: 'nobody', quiet: true, settleMs: 86_400_000 }],
    ['watch', { provider: 'own', subject: 'ben', on: true }],
    ['watch', { provider: 'own', subject: 'ben', on: true, delayMs: 3_600_000 }],
    ['watch', { provider: 'mastodon', subject: '@ben@example.org', on: false }],
    ['consent', { mode: 'mutuals' }],
    ['consent', { watcher: 'ada', answer: null }],
    ['address', { step: 'asked', address: 'ada@example.org' }],
    ['address', { step: 'stopped', address: 'ada@example.org', reason: 'bounced' }],
    ['letters', { rhythm: 'daily', timeZone: 'Europe/Berlin', hour: 0, quiet: { from: 22, to: 8 } }],
    ['account', { provider: 'mastodon', account: '7', token: 'a.b.c.d.e' }],
    ['account', { provider: 'bluesky', account: 'did:plc:ada' }],
    ['account', { provider: 'graph', account: null }],
    ['account', { provider: 'graph', account: null, reason: 'refused', of: 5 }],
  ] as const)('reads %s %j', (kind, content) => {
    expect(readContent(kind, content)).toEqual({ kind, content });
  });

  it.each([
    ['relationship', { value: 5, visibility: 'friends', quiet: false }],
    ['relationship', { value: 'engaged', visibility: 'all', quiet: false }],
    ['relationship', { value: 'engaged', visibility: 'friends', quiet: false, settleMs: -1 }],
    ['watch', { provider: 'own', subject: '', on: true }],
    ['watch', { provider: 'own', subject: 'ben' }],
    ['watch', { provider: 'own', subject: 'ben', on: true, delayMs: -1 }],
    ['consent', { mode: 'everybody' }],
    ['consent', { watcher: 'ada' }],
    ['consent', {}],
    ['address', { step: 'asked', address: '' }],
    ['address', { step: 'stopped', address: 'ada@example.org' }],
    ['address', { step: 'sent', address: 'ada@example.org' }],
    ['letters', { rhythm: 'hourly', timeZone: 'UTC', hour: 9, quiet: { from: 22, to: 8 } }],
    ['letters', { rhythm: 'soon', timeZone: 'UTC', hour: 24, quiet: { from: 22, to: 8 } }],
    ['letters', { rhythm: 'soon', timeZone: 'UTC', hour: 9, quiet: { from: 22 } }],
    ['letters', { rhythm: 'soon', timeZone: 'UTC', hour: 9 }],
    ['consent', null],
    ['account', { provider: 'graph' }],
    ['account', { provider: 'graph', account: '' }],
    ['account', { provider: 'graph', account: '7', token: 5 }],
    ['account', { provider: 'graph', account: null, reason: 'bored', of: 5 }],
    ['account', { provider: 'graph', account: null, reason: 'refused' }],
  ] as const)('refuses %s %j', (kind, content) => {
    expect(readContent(kind, content)).toBeUndefined();
  });
});
