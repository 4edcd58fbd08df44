import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { PostCommentCommand, PostStatusCommand, PutProfileCommand } from './commands.js';
import { envelope } from './envelope.js';
import {
  CommentMessage,
  CountsMessage,
  PinMessage,
  RetractMessage,
  StatusMessage,
  TickMessage,
} from './feed-messages.js';
import { readCheckTask, readNotifyTick } from './notify-messages.js';
import { readFeed, readSocial } from './read-log.js';
import { BULK_MAX, FriendshipMessage, PairMessage, ProfileMessage } from './social-messages.js';
import { subjects } from './subjects.js';

const id = 'abcdefghijklmnop';
const status: StatusMessage = { id, at: 5, author: { id: 'ada', name: 'Ada' }, text: 'hi', rev: 1 };
const tick: TickMessage = {
  n: 1,
  prev: 0,
  epoch: 1,
  rules: 1,
  at: 5,
  social: 0,
  leverRev: 0,
  levers: { 'everyone.segment_ms': 1000, 'everyone.segment_max_bytes': 262_144 },
  serveFrom: 1,
  replayFrom: { n: 0, seq: 0 },
};
const feed = {
  status: [StatusMessage, status],
  comment: [CommentMessage, { ...status, of: id, ofAuthor: 'ben', inReplyTo: id }],
  counts: [CountsMessage, { of: id, ofAuthor: 'ben', comments: 3, likes: 12, asOf: 7 }],
  retract: [RetractMessage, { id, seq: 3, author: 'ada', at: 5, of: id, ofAuthor: 'ben' }],
  pin: [PinMessage, { story: { ...status, seq: 4 }, on: true, at: 6 }],
  tick: [TickMessage, { ...tick, pins: { asOf: 5, stories: [{ ...status, seq: 4 }] } }],
} as const;
const social = {
  friendship: [FriendshipMessage, { edges: [['ada', 'ben']], on: true, mutual: false, at: 5 }],
  block: [PairMessage, { by: 'ada', to: 'ben', on: true, at: 5 }],
  mute: [PairMessage, { by: 'ada', to: 'ben', on: false, at: 5 }],
  profile: [
    ProfileMessage,
    { profiles: [{ id: 'ada', name: 'Ada', avatar: '#aa0011', timeZone: 'Europe/Berlin', locale: 'de' }], at: 5 },
  ],
} as const;

function faults(type: new () => object, message: object): string[] {
  return validateSync(plainToInstance(type, message), { whitelist: true, forbidNonWhitelisted: true }).map(
    ({ property }) => property,
  );
}

describe('messages', () => {
  it.each(Object.entries(feed))('%s is valid, and is read back as it was written', (kind, [type, message]) => {
    expect(faults(type, message)).toEqual([]);
    const subject = subjects.feed('e', 'everyone', kind as keyof typeof feed);
    const stored = envelope({ subject, id: 'm', source: '/spec', at: 5, message });
    expect(readFeed({ ...stored, seq: 9 })).toEqual({ event: 'e', audience: 'everyone', kind, seq: 9, message });
  });

  it.each(Object.entries(social))('%s is valid, and is read back as it was written', (kind, [type, message]) => {
    expect(faults(type, message)).toEqual([]);
    const stored = envelope({
      subject: subjects.social(kind as keyof typeof social),
      id: 'm',
      source: '/spec',
      at: 5,
      message,
    });
    expect(readSocial({ ...stored, seq: 9 })).toEqual({ kind, seq: 9, message });
  });

  it('are CloudEvents in binary mode', () => {
    const { headers } = envelope({ subject: subjects.tick('e'), id: 'm1', source: '/fanout/a', at: 0, message: tick });
    expect(headers).toEqual({
      'Nats-Msg-Id': 'm1',
      'content-type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': 'm1',
      'ce-type': 'groundswell.feed.tick.v1',
      'ce-source': '/fanout/a',
      'ce-time': '1970-01-01T00:00:00.000Z',
      'ce-dataschema': 'urn:groundswell:schema:feed.tick:v1',
    });
    expect(() => envelope({ subject: 'gs.v1.other', id: 'm', source: '/', at: 0, message: {} })).toThrow(TypeError);
  });

  it.each([
    ['no JSON', 'status', '{"id"'],
    ['no object', 'status', '[]'],
    ['a missing field', 'status', JSON.stringify({ ...status, text: undefined })],
    ['a field of another type', 'comment', JSON.stringify({ ...status, of: 7, ofAuthor: 'b' })],
    ['a number that is none', 'tick', JSON.stringify({ ...tick, n: -1 })],
    ['half a tick', 'tick', JSON.stringify({ ...tick, replayFrom: {} })],
  ] as const)('are skipped by readers when they hold %s', (_, kind, text) => {
    const stored = { subject: subjects.feed('e', 'everyone', kind), seq: 1, data: new TextEncoder().encode(text) };
    expect(readFeed(stored)).toBeUndefined();
  });

  it('hold at most 500 edges, of two members each', () => {
    const many = (count: number) => Array.from({ length: count }, () => ['a', 'b']);
    const message = (edges: unknown) => ({ edges, on: true, mutual: true, at: 1 });
    expect(faults(FriendshipMessage, message(many(BULK_MAX)))).toEqual([]);
    for (const edges of [[], many(BULK_MAX + 1), [['a', 'a']], [['a']], [['a', 'b c']], 'ab']) {
      expect(faults(FriendshipMessage, message(edges))).toEqual(['edges']);
    }
  });
});

describe('commands', () => {
  it('say what is wrong with a text in the words of the composer', () => {
    const [error] = validateSync(plainToInstance(PostStatusCommand, { text: ' ' }));
    expect(error!.constraints).toEqual({ isPostable: 'The text is empty: write something.' });
    const [other] = validateSync(plainToInstance(PostStatusCommand, { text: 7 }));
    expect(other!.constraints).toEqual({ isPostable: 'text must be a string' });
  });

  it('take an audience that exists, and an answer to a comment', () => {
    expect(faults(PostStatusCommand, { text: 'x', audience: 'friends' })).toEqual([]);
    expect(faults(PostStatusCommand, { text: 'x', audience: 'foes' })).toEqual(['audience']);
    expect(faults(PostCommentCommand, { text: 'x', inReplyTo: id })).toEqual([]);
    expect(faults(PostCommentCommand, { text: 'x', inReplyTo: '1' })).toEqual(['inReplyTo']);
  });

  it('say what a field of a profile must be', () => {
    expect(faults(PutProfileCommand, { name: 'Ada', avatar: '#aa0011', timeZone: 'UTC', locale: 'de' })).toEqual([]);
    expect(faults(PutProfileCommand, { name: ' ', avatar: 'red', timeZone: 'Mars', locale: null, mood: 'x' })).toEqual(
      expect.arrayContaining(['name', 'avatar', 'timeZone', 'locale', 'mood']),
    );
    const [error] = validateSync(plainToInstance(PutProfileCommand, { name: 'Ada', locale: 'en_US' }));
    expect(error!.constraints).toEqual({
      isProfileField: 'locale must be a BCP 47 language tag such as "de-AT"',
    });
  });

  it('refuse null where a field may be left out: no reader would understand the message', () => {
    expect(faults(PostStatusCommand, { text: 'x', audience: null })).toEqual(['audience']);
    expect(faults(PostCommentCommand, { text: 'x', inReplyTo: null })).toEqual(['inReplyTo']);
    expect(faults(PostCommentCommand, { text: 'x' })).toEqual([]);
  });
});

describe('work of the notifier', () => {
  const data = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

  it('is read back', () => {
    expect(readNotifyTick(data({ provider: 'own', slot: 5 }))).toEqual({ provider: 'own', slot: 5 });
    const task = { provider: 'own', watcher: 'ada', until: 7 };
    expect(readCheckTask(data(task))).toEqual(task);
  });

  it.each(['', '[]', 'null', '{}', '{"provider":"own"}', '{"provider":1,"slot":2,"watcher":3}', '{"slot":1.5'])(
    'is none as %j',
    (text) => {
      expect([readNotifyTick(data(text)), readCheckTask(data(text))]).toEqual([undefined, undefined]);
    },
  );
});
