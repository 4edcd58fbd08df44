import { memberKeys, openBucket, type Bus, type Publisher } from '@groundswell/bus';
import {
  EMPTY_LEDGER,
  envelope,
  MAILED_BUCKET,
  readLedger,
  subjects,
  type MailLedger,
  type QuestionTask,
} from '@groundswell/contracts';
import { MailLinks, type Clock } from '@groundswell/runtime';
import { clearOutbox, readOutbox, type Store } from '@groundswell/store';
import { Counter, type Registry } from 'prom-client';
import { networksOf, type IngestConfig } from './config.js';
import type { MemberLimit } from './limit/member-limit.js';
import { knownElsewhere } from './read/known-elsewhere.js';
import { MailViews } from './read/mail-views.js';
import { PrivateExporter } from './read/private-export.js';
import { RelationshipViews } from './read/relationship-views.js';
import type { views } from './views.js';
import { Accounts } from './write/accounts.js';
import { Erasure } from './write/erasure.js';
import { logProblem, type LogWriter } from './write/log-writer.js';
import { Mailbox } from './write/mailbox.js';
import { PrivateWriter } from './write/private-writer.js';
import { Relationships } from './write/relationships.js';
import { RemoteWatches } from './write/remote-watches.js';
import { Watches } from './write/watches.js';

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;
/** Letters to addresses that are not confirmed, and erasures, of one member a day. */
const QUESTIONS_PER_DAY = 5;
const ERASURES_PER_DAY = 5;
/** Accounts that one member connects in a day: each is asked about at the network concerned. */
const ACCOUNTS_PER_DAY = 10;
/** Choices of accounts elsewhere, of one member an hour: each is a request to the network concerned. */
const CHOICES_PER_HOUR = 30;

export interface PrivatePartsOptions {
  bus: Bus;
  store: Store;
  publisher: Publisher;
  writer: LogWriter;
  view: ReturnType<typeof views>;
  limit: (keyPrefix: string, points: number, durationS: number) => MemberLimit;
  config: Readonly<IngestConfig>;
  registry: Registry;
  clock: Clock;
}

export interface PrivateParts {
  relationships: Relationships;
  watches: Watches;
  accounts: Accounts;
  remoteWatches: RemoteWatches;
  relationshipViews: RelationshipViews;
  mailbox: Mailbox;
  mailViews: MailViews;
  exporter: PrivateExporter;
  erasure: Erasure;
}

/** All that is sealed: relationships, watches and letters. */
export function privateParts(options: PrivatePartsOptions): PrivateParts {
  const { bus, store, publisher, writer, view, limit, config, registry, clock } = options;
  const keys = memberKeys(bus);
  const networks = networksOf(config);
  const sealed = new PrivateWriter(writer, keys, clock);
  const settings = limit('relationship', config.relationshipsPerMin, 60);
  const additions = limit('watch', config.watchesPerDay, DAY_S);
  const letters = openBucket(bus, MAILED_BUCKET);
  const steps = new Counter({
    name: 'groundswell_mail_addresses_total',
    help: 'Addresses by what their members did with a link',
    labelNames: ['step'],
    registers: [registry],
  });
  const ledger = async (member: string): Promise<MailLedger> => {
    const entry = await letters.get(member).catch((error: unknown) => {
      throw logProblem(error);
    });
    return entry ? readLedger(entry.value) : EMPTY_LEDGER;
  };
  const ask = async (watcher: string, seq: number): Promise<void> => {
    const message: QuestionTask = { kind: 'question', watcher };
    const id = `question:${watcher}:${seq}`;
    await publisher
      .publish(
        envelope({ subject: subjects.notify('mail'), id, source: `/ingest/${config.node}`, at: clock.now(), message }),
      )
      .catch((error: unknown) => {
        throw logProblem(error);
      });
  };
  const relationshipViews = new RelationshipViews({
    side: view.side,
    names: view.names,
    most: config.watchesMax,
    networks,
  });
  const mailViews = new MailViews({ side: view.mailSide, ledger, names: view.names });
  return {
    relationships: new Relationships({
      writer: sealed,
      limit: settings,
    }),
    watches: new Watches({
      writer: sealed,
      settings,
      additions,
      most: config.watchesMax,
      side: view.side,
      graph: view.graph,
    }),
    accounts: new Accounts({
      writer: sealed,
      keys,
      networks,
      connections: limit('account', ACCOUNTS_PER_DAY, DAY_S),
      side: view.side,
    }),
    remoteWatches: new RemoteWatches({
      writer: sealed,
      settings,
      additions,
      choices: limit('choice', CHOICES_PER_HOUR, HOUR_S),
      most: config.watchesMax,
      side: view.side,
      known: (question) => knownElsewhere(bus, question),
    }),
    relationshipViews,
    mailbox: new Mailbox({
      writer: sealed,
      limit: settings,
      questions: limit('question', QUESTIONS_PER_DAY, DAY_S),
      side: view.mailSide,
      count: (step) => steps.inc({ step }),
      ask,
      links: config.mailLinkSecret ? new MailLinks({ secret: config.mailLinkSecret, clock }) : undefined,
    }),
    mailViews,
    exporter: new PrivateExporter({ side: view.side, relationships: relationshipViews, mail: mailViews }),
    erasure: new Erasure({
      writer: sealed,
      keys,
      limit: limit('erase', ERASURES_PER_DAY, DAY_S),
      side: view.side,
      mailSide: view.mailSide,
      clearOutbox: (watcher) => forgetOutbox(store, watcher, clock),
      forgetLetters: (member) => letters.delete(member),
    }),
  };
}

async function forgetOutbox(store: Store, watcher: string, clock: Clock): Promise<void> {
  const [notices = []] = await readOutbox(store, [watcher]);
  await clearOutbox(store, [{ watcher, ids: notices.map(({ id }) => id), letterAt: clock.now() }]);
}
