import { connectBus, listen, turnLever, type Bus } from '@groundswell/bus';
import { paths, type PostedBody } from '@groundswell/protocol';
import { eventually } from '@groundswell/testing';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Members } from './members.js';
import { readHead } from './public-pages.js';
import { startReady, type Ready } from './ready-stack.js';
import type { Run } from './start-process.js';
import { Listener, Viewer } from './viewer.js';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export const EVENT = 'demo';
/** An event in which nothing is public. */
export const QUIET = 'quiet';

/** Texts that nothing else can hold. */
export const SECRET_STATUS = 'zq7 secret status';
export const SECRET_COMMENT = 'zq7 secret comment';
export const SECRET_BEFORE = 'zq7 from before';
export const SECRET_REGRETTED = 'zq7 regretted';

/** ada writes for friends only, fay and fred are her friends; pia writes for everybody. */
export const FRIENDS = ['fay', 'fred'] as const;
/** Strangers to ada: stu knows nobody, gil is a friend of fred's. */
export const UNRELATED = ['stu', 'gil'] as const;
/** Were ada's friends: una was unfriended, bob blocked, bea has blocked ada. */
export const FORMER = ['una', 'bob', 'bea'] as const;
const OTHERS = ['ada', 'pia', 'uma', 'kai', 'cara', 'max', 'mia'] as const;

/** A segment is sealed every quarter of a second at most, so that there are whole groups and roll-ups soon. */
const SEGMENT_MS = 250;

/** A stack at its most talkative, with everybody who is in the play, and what each has been sent. */
export class PrivacyScene {
  readonly viewers = new Map<string, Viewer>();
  readonly streams: Listener[] = [];
  /** What core subscribers of public messages were sent. */
  readonly live: string[] = [];
  /** Cursors of Friends from when they all were friends. */
  readonly oldCursors = new Map<string, string>();
  before!: PostedBody;
  secret!: PostedBody;
  comment!: PostedBody;
  regretted!: PostedBody;
  private bus: Bus | undefined;
  private ticks = 0;
  private talking = true;
  private talk: Promise<void> | undefined;

  private constructor(
    readonly run: Run,
    readonly ready: Ready,
    readonly members: Members,
  ) {}

  static async start(folder: string): Promise<PrivacyScene> {
    const env = { LOG_LEVEL: 'debug', POSTS_PER_MIN: '600' };
    const { run, ready } = await startReady(folder, join(folder, 'data'), { fanouts: 2, env });
    const scene = new PrivacyScene(run, ready, new Members(ready, EVENT));
    try {
      await scene.play();
      return scene;
    } catch (error) {
      await scene.end();
      throw error;
    }
  }

  get nodes(): string[] {
    return this.ready.fanouts;
  }

  /** What must not be found where strangers look. */
  get secrets(): string[] {
    const posted = [this.before, this.secret, this.comment, this.regretted];
    return [SECRET_STATUS, SECRET_COMMENT, SECRET_BEFORE, SECRET_REGRETTED, ...posted.map(({ id }) => id)];
  }

  /** Opens a socket with both tabs. `friends`: cursor to resume from. */
  async view(key: string, as: string | undefined, { node = 0, friends }: { node?: number; friends?: string } = {}) {
    const [epoch, seq] = (friends ?? '').split('.').map(Number);
    const cursor = friends === undefined ? null : { epoch: epoch!, seq: seq! };
    const hello = { event: EVENT, everyone: null, ...(as ? { token: this.members.token(as), friends: cursor } : {}) };
    const viewer = await Viewer.open(this.nodes[node]!, hello);
    this.viewers.set(key, viewer);
    return viewer;
  }

  /** A status of pia that every open socket has been sent: what was written before it has been sent as well. */
  async everybodyHears(text: string): Promise<void> {
    await this.members.says('pia', text, { audience: 'everyone' });
    await Promise.all([...this.viewers.values()].map((viewer) => viewer.hears(text)));
    for (const stream of this.streams)
      await eventually(() => stream.heard.includes(text), { timeoutMs: 10_000, message: `a stream hears "${text}"` });
  }

  /** Waits until both nodes answer polls of a member as they should. */
  async polls(as: string, isRight: (text: string) => boolean): Promise<void> {
    for (const node of this.nodes) {
      const message = `${as} polls ${node}`;
      await eventually(async () => isRight((await this.members.poll(node, as)).text), { timeoutMs: 10_000, message });
    }
  }

  /** Waits until an event has so many segments on both nodes. */
  async segments(event: string, count: number): Promise<void> {
    for (const node of this.nodes) {
      const message = `${count} segments of ${event}`;
      await eventually(async () => (await readHead(node, event)).n >= count, { timeoutMs: 30_000, message });
    }
  }

  /** Nobody writes any more, so that nodes can be compared. */
  async silence(): Promise<void> {
    this.talking = false;
    await this.talk;
  }

  /** All that the processes have printed, by name; what `start` prints for people, too. */
  async logs(): Promise<Map<string, string>> {
    const folder = join(this.ready.data, 'logs');
    const names = await readdir(folder);
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return new Map([...names.map((name, i) => [name, texts[i]!] as const), ['start', this.run.output.stderr]]);
  }

  async end(): Promise<void> {
    this.talking = false;
    for (const viewer of this.viewers.values()) viewer.end();
    for (const stream of this.streams) stream.end();
    await this.talk?.catch(() => undefined);
    await this.bus?.close();
    this.run.interrupt();
    await this.run.exited;
  }

  private async play(): Promise<void> {
    const { members, ready } = this;
    await members.enrol([...FRIENDS, ...FORMER, ...UNRELATED, ...OTHERS]);
    await members.enrol(['olga'], ['operator']);
    this.bus = await connectBus({ servers: ready.nats, name: 'subscriber', log: silent });
    listen(this.bus, 'gs.live.v1.>', (data, subject) => {
      this.live.push(`${subject} ${new TextDecoder().decode(data)}`);
      if (subject.endsWith(`.${EVENT}.feed.open.tick`)) this.ticks++;
    });
    const turn = { value: SEGMENT_MS, who: 'spec', why: 'spec', at: Date.now() };
    await turnLever(this.bus, { scope: undefined, key: 'everyone.segment_ms' }, turn);
    await members.do('olga', 'POST', paths.events(), { id: QUIET, title: 'Quiet' });
    this.talk = this.goOnTalking();
    await Promise.all([...FRIENDS, ...FORMER, 'uma', 'kai'].map((other) => members.befriend('ada', other)));
    await members.befriend('max', 'mia');
    await members.befriend('fred', 'gil');
    for (const other of ['ada', 'kai']) await members.befriend('cara', other);
    await this.theyPart();
    await this.theyWatch();
    await this.adaWrites();
  }

  /** Something public in every segment. */
  private async goOnTalking(): Promise<void> {
    for (let i = 0; this.talking; i++) {
      // The tick may come before the answer does.
      const { ticks } = this;
      await this.members.says('pia', `public ${i}, mail pia.public@example.org`, { audience: 'everyone' });
      await this.members.says('ada', `zq7 quiet ${i}`, { event: QUIET });
      await eventually(() => this.ticks > ticks || !this.talking, { timeoutMs: 10_000, message: 'a tick' });
    }
  }

  private async theyPart(): Promise<void> {
    const { members } = this;
    this.before = await members.says('ada', SECRET_BEFORE);
    for (const former of FORMER) {
      await this.polls(former, (text) => text.includes(SECRET_BEFORE));
      this.oldCursors.set(former, (await members.poll(this.nodes[0]!, former)).cursor);
    }
    this.oldCursors.set('fay', (await members.poll(this.nodes[0]!, 'fay')).cursor);
    await members.do('ada', 'DELETE', paths.friend('una'));
    await members.do('ada', 'PUT', paths.block('bob'));
    await members.do('bea', 'PUT', paths.block('ada'));
    for (const former of FORMER) await this.polls(former, (text) => !text.includes(SECRET_BEFORE));
  }

  private async theyWatch(): Promise<void> {
    for (const as of ['ada', ...FRIENDS, ...FORMER, ...UNRELATED, 'cara']) await this.view(as, as);
    await this.view('visitor', undefined);
    for (const node of this.nodes) this.streams.push(new Listener(`${node}${paths.stream(EVENT)}`));
    await this.everybodyHears('they all watch');
  }

  private async adaWrites(): Promise<void> {
    const { members } = this;
    this.secret = await members.says('ada', SECRET_STATUS);
    // The view that commands ask has it when a friend has been shown it by ingest.
    this.comment = await members.comments('fred', this.secret.id, SECRET_COMMENT);
    await members.do('fay', 'PUT', paths.like(EVENT, this.secret.id));
    this.regretted = await members.says('ada', SECRET_REGRETTED);
    await this.viewers.get('fay')!.hears(SECRET_REGRETTED);
    await members.do('ada', 'DELETE', paths.status(EVENT, this.regretted.id));
    await this.everybodyHears('ada has written');
  }
}
