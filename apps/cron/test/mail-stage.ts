/** The mail on real NATS, Redis and SMTP: what members say goes through the log, sealed, into a real view. */
import {
  ensureBuckets,
  ensureStreams,
  connectBus,
  getMessage,
  memberKeys,
  openBucket,
  openWorkQueue,
  publisher,
  streamInfo,
  type Bus,
  type MemberKeys,
  type WorkQueue,
} from '@groundswell/bus';
import {
  envelope,
  KEYS_BUCKET,
  LETTERS_BUCKET,
  MAILED_BUCKET,
  NOTIFY,
  readContent,
  readMailTask,
  readSealed,
  readSocial,
  sealedAbout,
  SOCIAL,
  subjects,
  type MailTask,
  type Notice,
  type PrivateContent,
  type Stored,
} from '@groundswell/contracts';
import { USUAL_LETTERS, type LetterSettings } from '@groundswell/protocol';
import { createLog, seal, unseal } from '@groundswell/runtime';
import {
  applySlices,
  commitPairs,
  connectStore,
  overdue,
  PARTITIONS,
  privateOps,
  readMailSides,
  readOutbox,
  readPairs,
  socialOps,
  type RoutedOp,
  type Store,
} from '@groundswell/store';
import { randomUUID } from 'node:crypto';
import type { LetterOutcome } from '../src/mail/letter-worker.js';
import type { QuestionOutcome } from '../src/mail/question-worker.js';
import { MailLedgers } from '../src/mail/ledger.js';
import { connectedMail, openMail, type Mail, type MailPorts } from '../src/mail/mail.js';
import { PostOffice } from './mail-post-office.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Thursday at noon, UTC. */
export const NOON = Date.UTC(2030, 0, 10, 12);

const SOON: LetterSettings = { ...USUAL_LETTERS, rhythm: 'soon' };

let started = 0;

export interface Told {
  to?: string;
  from?: string;
  provider?: string;
  told?: number;
  id?: string;
}

export class MailStage {
  now = NOON;
  readonly clock = { now: () => this.now, monotonic: () => this.now };
  readonly office = new PostOffice();
  readonly outcomes: string[] = [];
  /** Subjects about whom nobody is to be told. */
  readonly frozen = new Set<string>();
  private run = 0;
  /** The view has what is in the log up to here. */
  private applied = 0;

  private constructor(
    readonly bus: Bus,
    readonly store: Store,
    readonly keys: MemberKeys,
    private readonly queue: WorkQueue,
    private readonly created: number,
  ) {}

  static async start({ nats, redis }: { nats: string; redis: string }): Promise<MailStage> {
    const bus = await connectBus({ servers: nats, name: 'mail-test' });
    const store = await connectStore({ url: redis });
    await ensureStreams(bus, [SOCIAL, NOTIFY]);
    await ensureBuckets(bus, [KEYS_BUCKET, MAILED_BUCKET, LETTERS_BUCKET]);
    const queue = await openWorkQueue({
      bus,
      stream: NOTIFY,
      subject: subjects.notify('mail'),
      name: 'mail',
      ackWaitMs: 60_000,
    });
    const { created } = await streamInfo(bus, SOCIAL.name);
    const stage = new MailStage(bus, store, memberKeys(bus), queue, created);
    await stage.office.open();
    return stage;
  }

  /** Names of a test are its own. */
  begin(): void {
    this.run = ++started;
    this.now = NOON;
    this.outcomes.length = 0;
  }

  async stop(): Promise<void> {
    await this.office.close();
    await Promise.all([this.bus.close(), this.store.close()]);
  }

  name(who: string): string {
    return `${who}${this.run}`;
  }

  address(who: string): string {
    return `${this.name(who)}@example.net`;
  }

  /** A process; `change` puts faults into what it does. */
  open(change: (ports: MailPorts) => Partial<MailPorts> = () => ({}), inboxPort?: number): Promise<Mail> {
    const { bus, store, clock } = this;
    return openMail({
      bus,
      store,
      publisher: publisher(bus),
      clock,
      log: createLog('cron', 'silent'),
      source: '/cron/test',
      config: {
        smtp: { url: this.office.url, requireTls: false, connections: 3 },
        from: { name: 'Groundswell', address: 'hello@example.org' },
        returnPath: 'bounces@b.example.org',
        dkim: undefined,
        linkSecret: 'a secret of thirty-two characters',
        pageUrl: 'https://page.example.org',
        publicUrl: 'https://api.example.org',
        inbox: inboxPort === undefined ? undefined : { host: '127.0.0.1', port: inboxPort, domain: 'b.example.org' },
      },
      isFrozen: (_, subject) => this.frozen.has(subject),
      count: (outcome: LetterOutcome | QuestionOutcome | 'failed') => this.outcomes.push(outcome),
      ports: (options) => {
        const ports = connectedMail(options);
        return { ...ports, ...change(ports) };
      },
    });
  }

  /** Says something without the view hearing of it yet. */
  async write(who: string, { kind, content }: PrivateContent): Promise<void> {
    const member = this.name(who);
    const box = await seal(await this.keys.of(member), sealedAbout(kind, member), content);
    const message = { member, at: this.now, box };
    await this.publish(subjects.private(kind), message);
  }

  async say(who: string, said: PrivateContent): Promise<void> {
    await this.write(who, said);
    await this.catchUp();
  }

  /** Somebody with a confirmed address who is written to soon, unless said otherwise. */
  async settle(who: string, letters: LetterSettings = SOON): Promise<void> {
    await this.write(who, { kind: 'address', content: { step: 'confirmed', address: this.address(who) } });
    await this.write(who, { kind: 'letters', content: letters });
    await this.catchUp();
  }

  /** The subject is a friend who lets all friends watch, and has published a status. */
  async watch(who: string, whom: string, value = 'engaged'): Promise<void> {
    const [watcher, subject] = [this.name(who), this.name(whom)];
    const edges = [[watcher, subject]];
    await this.publish(subjects.social('friendship'), { edges, on: true, mutual: true, at: this.now });
    await this.write(whom, { kind: 'consent', content: { mode: 'mutuals' } });
    await this.write(whom, { kind: 'relationship', content: { value, visibility: 'friends', quiet: false } });
    await this.write(who, { kind: 'watch', content: { provider: 'own', subject, on: true } });
    await this.catchUp();
  }

  /** A change is confirmed now, as a check does it; gives the notice. */
  async notice(who: string, whom: string, told: Told = {}): Promise<Notice> {
    const [watcher, named] = [this.name(who), this.name(whom)];
    const { provider = 'own', from = 'single', to = 'engaged', id = randomUUID() } = told;
    const content = { provider, subject: named, from, to, seenAt: this.now, confirmedAt: this.now, baselineAt: 1 };
    const notice: Notice = { id, ...content, told: told.told ?? 0 };
    const [pairs] = await readPairs(this.store, provider, [watcher]);
    const before = pairs!.get(named)!;
    const { id: _, ...json } = notice;
    const commit = { subject: named, before, after: before, notice: { id, json: JSON.stringify(json) } };
    const times = { leasedUntil: 0, nextAt: this.now + DAY, lookedAt: this.now };
    await commitPairs(this.store, provider, [{ watcher, pairs: [commit], ...times }]);
    return notice;
  }

  /** A plan, and all the work that is there; gives what became of it. */
  async round(mail: Mail): Promise<string[]> {
    const from = this.outcomes.length;
    await mail.plan();
    await this.workOff(mail);
    // Who is leased twice at one moment has one task.
    this.now++;
    return this.outcomes.slice(from);
  }

  async workOff(mail: Mail): Promise<void> {
    const take = () => this.queue.take(100, { waitMs: 1 });
    for (let tasks = await take(); tasks.length > 0; tasks = await take()) {
      const ours = tasks.filter((task) => this.isOurs(readMailTask(task.data)));
      await mail.work(ours, new AbortController().signal);
      // Tests before this one have left tasks that come again.
      for (const task of tasks) if (!ours.includes(task)) task.done();
    }
  }

  private isOurs(task: MailTask | undefined): boolean {
    return /\d+$/.exec(task?.watcher ?? '')?.[0] === String(this.run);
  }

  async task(message: MailTask): Promise<void> {
    await this.publish(subjects.notify('mail'), message);
  }

  /** What has come for somebody, as `<Message-ID> <what it tells>`. */
  letters(who: string): { id: string; text: string }[] {
    return this.office.for(this.address(who)).map(({ mail }) => ({ id: mail.messageId ?? '', text: mail.text ?? '' }));
  }

  async outbox(who: string): Promise<string[]> {
    const [notices] = await readOutbox(this.store, [this.name(who)]);
    return notices!.map(({ id }) => id);
  }

  async history(who: string): Promise<string[]> {
    const { history } = await this.ledger(who);
    return history.map(({ id }) => id);
  }

  ledger(who: string): ReturnType<MailLedgers['read']> {
    return new MailLedgers(openBucket(this.bus, MAILED_BUCKET)).read(this.name(who));
  }

  async state(who: string): Promise<string> {
    await this.catchUp();
    const [side] = await readMailSides(this.store, [this.name(who)]);
    return [side!.address?.state, side!.address?.reason].filter(Boolean).join(' ');
  }

  /** How many wait for a letter at a time. */
  async waiting(at: number): Promise<number> {
    return (await overdue(this.store, 'letter', at)).count;
  }

  /** The view reads the log to its end. */
  async catchUp(): Promise<void> {
    const { lastSeq } = await streamInfo(this.bus, SOCIAL.name);
    while (this.applied < lastSeq) {
      const seq = this.applied + 1;
      const message = await getMessage(this.bus, SOCIAL.name, { seq });
      const ops = message ? await this.opsOf(message) : [];
      const slices = Array.from({ length: PARTITIONS }, (_, partition) => ({
        partition,
        from: seq - 1,
        to: seq,
        ops: ops.flatMap((routed) => (routed.partition === partition ? [routed.op] : [])),
      }));
      await applySlices(this.store, { log: 'SOCIAL', created: this.created, slices });
      this.applied = seq;
    }
  }

  private async opsOf(message: Stored): Promise<RoutedOp[]> {
    const sealed = readSealed(message);
    if (!sealed) {
      const social = readSocial(message);
      return social ? socialOps(social) : [];
    }
    const { kind, seq, member, at, box } = sealed;
    const opened = await unseal(await this.keys.of(member), sealedAbout(kind, member), box);
    const content = readContent(kind, opened);
    return content ? privateOps({ ...content, seq, member, at }) : [];
  }

  async publish(subject: string, message: object): Promise<void> {
    const id = randomUUID();
    await publisher(this.bus).publish(envelope({ subject, id, source: '/test', at: this.now, message }));
  }
}
