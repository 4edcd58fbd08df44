/** What must exist in JetStream. Durations are milliseconds; `undefined` limits mean none. */

export interface StreamDefinition {
  name: string;
  description: string;
  subjects: readonly string[];
  /** Repeats of one `Nats-Msg-Id` within this time are stored once. */
  duplicateWindowMs: number;
  /** `work`: a message is gone once a worker has done it. Default: everything is kept. */
  retention?: 'work';
  /** Stored messages are repeated on core subjects, so that subscribers see neither duplicates nor refusals. */
  republish?: { from: string; to: string };
}

export interface BucketDefinition {
  name: string;
  description: string;
  /** Values kept of one key. */
  history: number;
  /** Entries vanish after this time. */
  ttlMs?: number;
}

/** The log of every event: file storage, no limits, `discard: new`, so that nothing is ever dropped in silence. */
export const EVENTS: StreamDefinition = {
  name: 'EVENTS',
  description: 'Statuses, comments, retractions and ticks of every event; the order of an event is its sequence',
  subjects: ['gs.v1.event.>'],
  duplicateWindowMs: 600_000,
  republish: { from: 'gs.v1.event.*.feed.open.*', to: 'gs.live.v1.event.{{wildcard(1)}}.feed.open.{{wildcard(2)}}' },
};

/** The log of members: friendships and profiles, and, sealed, what is nobody else's business. */
export const SOCIAL: StreamDefinition = {
  name: 'SOCIAL',
  description: 'Friendships and profiles of members, and sealed messages',
  subjects: ['gs.v1.social.>', 'gs.v1.private.>'],
  duplicateWindowMs: 600_000,
};

/** What the notifier has to do: hints, which are made again from what is stored if they are lost. */
export const NOTIFY: StreamDefinition = {
  name: 'NOTIFY',
  description: 'Work of the relationship notifier; a hint that can be made again',
  subjects: ['gs.v1.notify.>'],
  duplicateWindowMs: 3_600_000,
  retention: 'work',
};

/** What is on air: key = event id, value = `EventRecord`. */
export const EVENTS_BUCKET: BucketDefinition = { name: 'events', description: 'What is on air', history: 8 };

/** What operators have turned: key and value are those of `recordKey` and `LeverRecord`; the history is the audit. */
export const LEVERS_BUCKET: BucketDefinition = {
  name: 'levers',
  description: 'Levers, and who turned them when and why',
  history: 64,
};

/** Leases: entries expire unless renewed. Correctness never rests on one. */
export const LEASES_BUCKET: BucketDefinition = {
  name: 'leases',
  description: 'Who saves the others work',
  history: 1,
  ttlMs: 1_000,
};

/** What operators have ordered of the notifier: pauses and frozen subjects. */
export const ORDERS_BUCKET: BucketDefinition = {
  name: 'notifier',
  description: 'Providers that are paused and subjects that are frozen, by whom and why',
  history: 8,
};

/** What watchers have been written: key = member id, value = a mail ledger. It outlives the views. */
export const MAILED_BUCKET: BucketDefinition = {
  name: 'mailed',
  description: 'What each watcher has been written, and what is being sent',
  history: 1,
};

/** Whom letters went to: key = local part of the Message-ID, value = JSON of `LetterTarget`. Kept while bounces may come. */
export const LETTERS_BUCKET: BucketDefinition = {
  name: 'letters',
  description: 'Whom the letters of the last days went to, for bounces and complaints',
  history: 1,
  ttlMs: 14 * 24 * 3_600_000,
};

/** Keys that sealed messages are read with: key = member id, value = 32 bytes. Without its key a message is noise. */
export const KEYS_BUCKET: BucketDefinition = {
  name: 'keys',
  description: 'What the sealed messages of each member are read with',
  history: 1,
};
