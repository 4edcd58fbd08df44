import { paths } from '@groundswell/protocol';
import type {
  ConsentView,
  RelationshipStatus,
  RelationshipView,
  SocialAcceptedBody,
  WatchConsent,
  WatchDelay,
  WatchersView,
  WatchesView,
} from '@groundswell/protocol';
import type { Wire } from './people-commands.js';

/** `PUT /v1/relationship`. */
export interface RelationshipDraft {
  value: RelationshipStatus;
  visibility?: 'friends' | 'nobody';
  /** Nobody is told of it. */
  quiet?: boolean;
  /** How long it is to stand before anybody is told: ten minutes, or a day. */
  settle?: 'usual' | 'day';
}

/** What the signed-in member publishes of their relationship, who is told, and whose they want to be told of. */
export interface RelationshipCommands {
  relationship(): Promise<RelationshipView>;
  publishRelationship(draft: RelationshipDraft): Promise<SocialAcceptedBody>;
  withdrawRelationship(): Promise<SocialAcceptedBody>;
  watchConsent(): Promise<ConsentView>;
  putWatchConsent(mode: WatchConsent): Promise<SocialAcceptedBody>;
  watchers(): Promise<WatchersView>;
  allowWatcher(member: string): Promise<SocialAcceptedBody>;
  /** The watcher does not learn of it. */
  refuseWatcher(member: string): Promise<SocialAcceptedBody>;
  watches(): Promise<WatchesView>;
  /** Refused with `not_friends` or `too_many_watches`. */
  watch(member: string): Promise<SocialAcceptedBody>;
  /** How long after a change the caller wants to be left alone. Refused with `not_watched`. */
  delayWatch(member: string, delay: WatchDelay): Promise<SocialAcceptedBody>;
  unwatch(member: string): Promise<SocialAcceptedBody>;
}

export function relationshipCommands({ read, write }: Wire): RelationshipCommands {
  const say = (method: 'PUT' | 'DELETE', path: string, body?: object) =>
    write(method, path, body) as Promise<SocialAcceptedBody>;
  return {
    relationship: () => read(paths.relationship()) as Promise<RelationshipView>,
    publishRelationship: (draft) => say('PUT', paths.relationship(), draft),
    withdrawRelationship: () => say('DELETE', paths.relationship()),
    watchConsent: () => read(paths.relationshipConsent()) as Promise<ConsentView>,
    putWatchConsent: (mode) => say('PUT', paths.relationshipConsent(), { mode }),
    watchers: () => read(paths.watchers()) as Promise<WatchersView>,
    allowWatcher: (member) => say('PUT', paths.watcher(member)),
    refuseWatcher: (member) => say('DELETE', paths.watcher(member)),
    watches: () => read(paths.watches()) as Promise<WatchesView>,
    watch: (member) => say('PUT', paths.watch(member)),
    delayWatch: (member, delay) => say('PUT', paths.watchDelay(member), { delay }),
    unwatch: (member) => say('DELETE', paths.watch(member)),
  };
}
