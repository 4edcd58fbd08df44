import {
  FEED_KINDS,
  parseFeedSubject,
  parseNotifySubject,
  parsePrivateSubject,
  parseSocialSubject,
  PRIVATE_KINDS,
  SOCIAL_KINDS,
  subjects,
} from './subjects.js';
import { EVENTS, NOTIFY, SOCIAL } from './streams.js';

/** Whether a subject matches a filter of NATS. */
function matches(subject: string, filter: string): boolean {
  const pattern = filter.replaceAll('.', '\\.').replaceAll('*', '[^.]+').replace(/>$/, '.+');
  return new RegExp(`^${pattern}$`).test(subject);
}

describe('subjects', () => {
  it('can be read back', () => {
    for (const audience of ['everyone', 'friends'] as const) {
      for (const kind of FEED_KINDS) {
        const subject = subjects.feed('final-2026', audience, kind);
        expect(parseFeedSubject(subject)).toEqual({ event: 'final-2026', audience, kind });
        expect(matches(subject, subjects.feedAll('final-2026'))).toBe(true);
        expect(matches(subject, EVENTS.subjects[0]!)).toBe(true);
      }
    }
    for (const kind of SOCIAL_KINDS) {
      expect(parseSocialSubject(subjects.social(kind))).toBe(kind);
      expect(matches(subjects.social(kind), SOCIAL.subjects[0]!)).toBe(true);
    }
  });

  it('of sealed messages can be read back, and are in the log of members', () => {
    for (const kind of PRIVATE_KINDS) {
      const subject = subjects.private(kind);
      expect([parsePrivateSubject(subject), parseSocialSubject(subject)]).toEqual([kind, undefined]);
      expect(SOCIAL.subjects.some((filter) => matches(subject, filter))).toBe(true);
      expect(matches(subject, subjects.socialAll())).toBe(false);
    }
    expect(parsePrivateSubject('gs.v1.private.x')).toBeUndefined();
  });

  it('of work can be read back', () => {
    for (const kind of ['tick', 'mail', 'dead'] as const) {
      expect(parseNotifySubject(subjects.notify(kind))).toBe(kind);
      expect(matches(subjects.notify(kind), NOTIFY.subjects[0]!)).toBe(true);
    }
    expect(parseNotifySubject(subjects.notifyCheck('mastodon'))).toBe('check');
    const none = ['gs.v1.notify.check', 'gs.v1.notify.check.', 'gs.v1.notify.mail.x', 'gs.v1.notify.check.a.b'];
    expect(none.map(parseNotifySubject)).toEqual(none.map(() => undefined));
  });

  it('keep what is for friends only away from what is open', () => {
    expect(matches(subjects.feed('e', 'friends', 'status'), 'gs.v1.event.*.feed.open.>')).toBe(false);
    expect(matches(subjects.feed('e', 'friends', 'status'), EVENTS.republish!.from)).toBe(false);
    expect(subjects.tick('e')).toBe(subjects.feed('e', 'everyone', 'tick'));
  });

  it.each([
    '',
    'gs.v1.event.e.feed.open',
    'gs.v1.event.e.feed.open.wave',
    'gs.v1.event.e.feed.all.status',
    'gs.v1.event.e.raw.react',
    'x.v1.event.e.feed.open.status',
  ])('%j is none of the feed', (subject) => {
    expect(parseFeedSubject(subject)).toBeUndefined();
    expect(parseSocialSubject(subject)).toBeUndefined();
  });
});
