/** The only home of NATS subjects. Low cardinality on purpose: ids live in payload and headers. */
import type { Audience } from '@groundswell/protocol';

/** Kinds of messages in the feed of an event. */
export const FEED_KINDS = ['status', 'comment', 'counts', 'retract', 'pin', 'tick'] as const;
export type FeedKind = (typeof FEED_KINDS)[number];

/** Kinds of messages about members. */
export const SOCIAL_KINDS = ['friendship', 'block', 'mute', 'profile'] as const;
export type SocialKind = (typeof SOCIAL_KINDS)[number];

/** Subject token that stands for an audience, so that permissions by subject are permissions by audience. */
const SCOPE: Record<Audience, string> = { everyone: 'open', friends: 'friends' };

/** Kinds of raw messages: read by projectors, never by fan-out. */
export const RAW_KINDS = ['react'] as const;
export type RawKind = (typeof RAW_KINDS)[number];

/** Kinds of sealed messages. */
export const PRIVATE_KINDS = ['relationship', 'watch', 'consent', 'address', 'letters', 'account'] as const;
export type PrivateKind = (typeof PRIVATE_KINDS)[number];

/** What the notifier's workers do: `dead` waits for an operator. */
export const NOTIFY_KINDS = ['tick', 'check', 'mail', 'dead'] as const;
export type NotifyKind = (typeof NOTIFY_KINDS)[number];

export const subjects = {
  /** One kind of message of an event's feed, e.g. `gs.v1.event.final.feed.open.status`. */
  feed: (event: string, audience: Audience, kind: FeedKind) => `gs.v1.event.${event}.feed.${SCOPE[audience]}.${kind}`,
  /** Everything that a fan-out node reads of an event: one filter, since server 2.9 has no more. */
  feedAll: (event: string) => `gs.v1.event.${event}.feed.>`,
  raw: (event: string, kind: RawKind) => `gs.v1.event.${event}.raw.${kind}`,
  tick: (event: string) => `gs.v1.event.${event}.feed.open.tick`,
  social: (kind: SocialKind) => `gs.v1.social.${kind}`,
  socialAll: () => 'gs.v1.social.>',
  /** Sealed under the key of a member: what each may read is told by keys, not by subjects. */
  private: (kind: PrivateKind) => `gs.v1.private.${kind}`,
  /** Work of the notifier; checks are told apart by provider, so that one can be left waiting. */
  notify: (kind: Exclude<NotifyKind, 'check'>) => `gs.v1.notify.${kind}`,
  notifyCheck: (provider: string) => `gs.v1.notify.check.${provider}`,
  /** Core, asked and answered, not stored: whether another network knows accounts. */
  askAccounts: () => 'gs.v1.ask.accounts',
  /** Core, not stored: a node tells the ticker that a connected member's graph change waits for a tick. */
  due: (event: string, node: string) => `gs.v1.node.${event}.${node}.due`,
  dueAll: (event: string) => `gs.v1.node.${event}.*.due`,
  /** Core, not stored: a node tells the others how far it is. */
  state: (event: string, node: string) => `gs.v1.node.${event}.${node}.state`,
  stateAll: (event: string) => `gs.v1.node.${event}.*.state`,
} as const;

/** What a feed subject says: which event, for whom, what. Undefined for any other subject. */
export function parseFeedSubject(subject: string): { event: string; audience: Audience; kind: FeedKind } | undefined {
  const parts = subject.split('.');
  const [root, version, scope, event, feed, who, kind] = parts;
  if (parts.length !== 7 || root !== 'gs' || version !== 'v1' || scope !== 'event' || feed !== 'feed' || !event) {
    return undefined;
  }
  const audience = who === 'open' ? 'everyone' : who === 'friends' ? 'friends' : undefined;
  if (!audience || !isFeedKind(kind)) return undefined;
  return { event, audience, kind };
}

/** What the subject of a raw message says. Undefined for any other subject. */
export function parseRawSubject(subject: string): { event: string; kind: RawKind } | undefined {
  const [root, version, scope, event, raw, kind, ...more] = subject.split('.');
  const known = RAW_KINDS.find((name) => name === kind);
  const isRaw = root === 'gs' && version === 'v1' && scope === 'event' && raw === 'raw' && more.length === 0;
  return isRaw && event && known ? { event, kind: known } : undefined;
}

/** What a social subject says. Undefined for any other subject. */
export function parseSocialSubject(subject: string): SocialKind | undefined {
  const kind = subject.startsWith('gs.v1.social.') ? subject.slice('gs.v1.social.'.length) : undefined;
  return SOCIAL_KINDS.find((known) => known === kind);
}

/** What the subject of a sealed message says. Undefined for any other subject. */
export function parsePrivateSubject(subject: string): PrivateKind | undefined {
  const kind = subject.startsWith('gs.v1.private.') ? subject.slice('gs.v1.private.'.length) : undefined;
  return PRIVATE_KINDS.find((known) => known === kind);
}

/** What a subject of the notifier says. Undefined for any other subject. */
export function parseNotifySubject(subject: string): NotifyKind | undefined {
  const [root, version, notify, kind, provider, ...more] = subject.split('.');
  if (root !== 'gs' || version !== 'v1' || notify !== 'notify' || more.length > 0) return undefined;
  const known = NOTIFY_KINDS.find((name) => name === kind);
  return (known === 'check') === (provider !== undefined && provider !== '') ? known : undefined;
}

function isFeedKind(kind: string | undefined): kind is FeedKind {
  return FEED_KINDS.includes(kind as FeedKind);
}
