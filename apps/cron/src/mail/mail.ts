import { memberKeys, openBucket, streamInfo, type Bus, type Publisher, type Task } from '@groundswell/bus';
import { LETTERS_BUCKET, MAILED_BUCKET, SOCIAL } from '@groundswell/contracts';
import { MailLinks, type Clock, type Log } from '@groundswell/runtime';
import {
  clearOutbox,
  leaseDue,
  profileNames,
  rateLimiter,
  readAccounts,
  readMailSides,
  readOutbox,
  readPairs,
  readRelationships,
  type RateLimiter,
  type Store,
} from '@groundswell/store';
import { AddressStopper } from './address-stopper.js';
import { openInbox } from './inbox.js';
import { LastCheck, type LastCheckOptions } from './last-check.js';
import { MailLedgers, type LedgerBucket } from './ledger.js';
import { LetterBook } from './letter-book.js';
import { LetterLinks } from './letter-links.js';
import { LetterPlanner, type LetterPlannerOptions } from './letter-planner.js';
import { LetterWorker, type LetterWorkerOptions } from './letter-worker.js';
import type { MailConfig } from './mail-config.js';
import { MailWorker, type MailWorkerOptions } from './mail-worker.js';
import { createMailer, type Mailer } from './mailer.js';
import { QUESTIONS_AN_HOUR, QuestionWorker } from './question-worker.js';
import { ReconnectWorker, type ReconnectWorkerOptions } from './reconnect-worker.js';
import { returns } from './returns.js';

/** What the mail does outside of the process; every one may be the last. */
export interface MailPorts extends LastCheckOptions {
  lease: LetterPlannerOptions['lease'];
  outboxes: MailWorkerOptions['outboxes'];
  clear: LetterWorkerOptions['clear'];
  names: LetterWorkerOptions['names'];
  questions: RateLimiter;
  accounts: ReconnectWorkerOptions['accounts'];
  ledgers: LedgerBucket;
  letters: ConstructorParameters<typeof LetterBook>[0];
  stop: LetterWorkerOptions['stop'];
  mailer: Mailer;
}

export interface MailOptions {
  bus: Bus;
  store: Store;
  publisher: Publisher;
  config: MailConfig;
  clock: Clock;
  log: Log;
  source: string;
  /** Whether an operator lets nobody be told of a subject; by default nobody does. */
  isFrozen?: LetterWorkerOptions['isFrozen'];
  count?: NonNullable<MailWorkerOptions['count']>;
  /** By default NATS, Redis and SMTP. */
  ports?: (options: MailOptions) => MailPorts;
}

export interface Mail {
  /** Makes tasks of those who are to be written to; gives how many. */
  plan: (signal?: AbortSignal) => Promise<number>;
  /** Works tasks off: see `WorkLoop`. */
  work: (tasks: readonly Task[], signal: AbortSignal) => Promise<number>;
  /** Where bounces come in; undefined when nothing is said of it. */
  inboxPort: number | undefined;
  /** After the last `work` has ended. */
  stop: () => Promise<void>;
}

/** Puts the mail together. The buckets `mailed`, `letters` and `keys` must be there. */
export async function openMail(options: MailOptions): Promise<Mail> {
  const {
    config,
    clock,
    log,
    publisher,
    source,
    isFrozen = () => false,
    count,
    ports: portsOf = connectedMail,
  } = options;
  const ports = portsOf(options);
  const { mailer, names, clear, stop, outboxes, sides } = ports;
  const check = new LastCheck(ports);
  const book = new LetterBook(ports.letters);
  const links = new LetterLinks({ ...config, links: new MailLinks({ secret: config.linkSecret, clock }) });
  const shared = { check, book, links, mailer, stop, clock, log };
  const planner = new LetterPlanner({ lease: ports.lease, publisher, clock, source });
  const ledgers = new MailLedgers(ports.ledgers);
  const worker = new MailWorker({
    outboxes,
    sides,
    letters: new LetterWorker({ ...shared, isFrozen, clear, names, ledgers }),
    questions: new QuestionWorker({ ...shared, limit: ports.questions }),
    reconnects: new ReconnectWorker({ ...shared, ledgers, accounts: ports.accounts }),
    atOnce: config.smtp.connections,
    log,
    ...(count ? { count } : {}),
  });
  const inbox =
    config.inbox && (await openInbox({ ...config.inbox, handle: returns({ book, check, stop, log }), log }));
  return {
    plan: (signal) => planner.plan(signal),
    work: (tasks, signal) => worker.work(tasks, signal),
    inboxPort: inbox?.port,
    stop: async () => {
      await inbox?.stop();
      mailer.stop();
    },
  };
}

/** NATS, Redis and SMTP. */
export function connectedMail({ bus, store, publisher, config, clock, source }: MailOptions): MailPorts {
  const { smtp, from, returnPath, dkim } = config;
  const stopper = new AddressStopper({ publisher, keys: memberKeys(bus), clock, source });
  return {
    lease: (options) => leaseDue(store, 'letter', options),
    outboxes: (watchers) => readOutbox(store, watchers),
    sides: (members) => readMailSides(store, members),
    shown: (asked) => readRelationships(store, asked),
    pairs: (provider, watchers) => readPairs(store, provider, watchers),
    end: () => streamInfo(bus, SOCIAL.name),
    clear: (cleared) => clearOutbox(store, cleared),
    names: (members) => profileNames(store, members),
    questions: rateLimiter(store, { keyPrefix: 'mail-question', points: QUESTIONS_AN_HOUR, durationS: 3_600 }),
    accounts: (provider, members) => readAccounts(store, provider, members),
    ledgers: openBucket(bus, MAILED_BUCKET),
    letters: openBucket(bus, LETTERS_BUCKET),
    stop: (member, address, reason) => stopper.stop(member, address, reason),
    mailer: createMailer({ ...smtp, from, ...(returnPath ? { returnPath } : {}), ...(dkim ? { dkim } : {}) }),
  };
}
