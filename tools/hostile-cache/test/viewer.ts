import { FeedClient, Timeline } from '@groundswell/client';
import type { FeedEvent, FetchLike, HttpAnswer, StoryEntry } from '@groundswell/client';
import type { EveryoneCursor } from '@groundswell/protocol';
import type { HostileCache, Inhabitant, World } from '../src/index.js';
import { Device } from './device.js';

/** Where a viewer stands, and what went wrong on the way there. */
export interface Standing {
  epoch: number;
  n: number;
  /** What is on screen, newest first. */
  texts: string[];
  /** Addresses asked for although they had been answered, and segments asked for although they were held. */
  reread: string[];
  /** Texts that were told although they had been told. */
  twice: string[];
}

export interface ViewerOptions {
  world: World;
  event: string;
  /** The cache that it asks. */
  edge: HostileCache;
  /** To resume from. */
  cursor?: EveryoneCursor;
  /** Authors whom this viewer does not want to see. */
  mutes?: readonly string[];
}

/** No socket gets through. */
class BlockedSocket {
  constructor() {
    throw new Error('blocked');
  }
  addEventListener(): void {}
  send(): void {}
  close(): void {}
}

/** Somebody who polls with the SDK, through a cache, on a device of its own. */
export class Viewer implements Inhabitant {
  edge: HostileCache;
  readonly device: Device;
  readonly client: FeedClient;
  /** Paths asked for and what was answered, in order. */
  readonly asked: { path: string; status: number | undefined }[] = [];
  readonly events: FeedEvent[] = [];
  /** Every text that was on screen, if only between two frames. */
  readonly shown = new Set<string>();
  readonly #world: World;
  readonly #timeline = new Timeline('everyone');
  readonly #mutes: readonly string[];
  readonly #open = new Set<Promise<unknown>>();
  readonly #told = new Set<string>();
  readonly #twice: string[] = [];
  readonly #reread: string[] = [];

  constructor({ world, event, edge, cursor, mutes = [] }: ViewerOptions) {
    this.#world = world;
    this.#mutes = mutes;
    this.edge = edge;
    this.device = new Device(world);
    this.client = new FeedClient({
      url: 'ws://blocked',
      event,
      tabs: ['everyone'],
      WebSocket: BlockedSocket,
      timers: this.device,
      random: () => 0.5,
      ...(cursor ? { cursors: { everyone: cursor } } : {}),
      fallback: {
        baseUrl: '',
        clock: this.device,
        fetch: (path, request) => this.#fetch(path, request),
        streamFetch: () => Promise.reject(new Error('blocked')),
      },
    });
    this.client.on((told) => this.#hear(told));
  }

  /** Begins, and polls for the first time. */
  async joins(): Promise<Standing> {
    this.#world.enter(this);
    this.client.start();
    return this.polls();
  }

  /** Time passes until it has asked for a head once more, and has done what came of it. */
  async polls(): Promise<Standing> {
    const before = this.heads.length;
    await this.#world.passUntil('a poll', () => this.heads.length > before);
    return this.standing;
  }

  /** Time passes until a poll has brought it to segment n. */
  async reaches(n: number): Promise<Standing> {
    await this.#world.passUntil(`segment ${n}`, () => this.client.cursors.everyone?.n === n);
    return this.standing;
  }

  get standing(): Standing {
    const { epoch, n } = this.client.cursors.everyone ?? { epoch: 0, n: 0 };
    return { epoch, n, texts: this.texts, reread: [...this.#reread], twice: [...this.#twice] };
  }

  get texts(): string[] {
    const stories = this.#timeline.entries().filter((entry): entry is StoryEntry => entry.t === 'story');
    return stories.filter(({ add }) => !this.#mutes.includes(add.author.id)).map(({ add }) => add.text);
  }

  /** Heads asked for. */
  get heads(): string[] {
    return this.asked.flatMap(({ path }) => (path.includes('/head/') ? [path] : []));
  }

  /** Positions that it was told it has missed. */
  get missed(): number {
    return this.client.stats.missed;
  }

  leaves(): void {
    this.client.stop();
    this.#world.leave(this);
  }

  dueIn(): number {
    return this.device.dueIn();
  }

  act(): void {
    this.device.act();
  }

  async settled(): Promise<void> {
    while (this.#open.size > 0) {
      const open = [...this.#open];
      await Promise.all(open);
      for (const done of open) this.#open.delete(done);
    }
  }

  #fetch: FetchLike = (path, { method, headers }) => {
    if (this.#isReread(path)) this.#reread.push(path);
    const asked = { path, status: undefined as number | undefined };
    this.asked.push(asked);
    const answering = (async (): Promise<HttpAnswer> => {
      const answer = await fetch(`${this.edge.url}${path}`, { method, headers });
      const text = await answer.text();
      asked.status = answer.status;
      return { status: answer.status, headers: answer.headers, text: () => Promise.resolve(text) };
    })();
    // What the client does with an answer, it does before the next turn of the loop.
    const done = Promise.allSettled([answering]).then(() => new Promise((resolve) => setImmediate(resolve)));
    this.#open.add(done);
    return answering;
  };

  #isReread(path: string): boolean {
    const [, epoch, group, size] = /\/(\d+)\/segments\/(\d+)(?:x(\d+))?$/.exec(path) ?? [];
    if (group === undefined) return this.asked.some((asked) => asked.path === path && asked.status === 200);
    const held = this.client.cursors.everyone;
    // A page beyond a hole was answered, and is not held.
    const last = size === undefined ? Number(group) : (Number(group) + 1) * Number(size);
    return held?.epoch === Number(epoch) && last <= held.n;
  }

  #hear(told: FeedEvent): void {
    this.events.push(told);
    this.#timeline.take(told);
    for (const text of this.texts) this.shown.add(text);
    if (told.t === 'snap' && told.frame.tab === 'everyone') {
      this.#told.clear();
      for (const { add } of told.frame.stories) this.#told.add(add.id);
    }
    if (told.t !== 'seg') return;
    for (const op of told.frame.ops) {
      if (op.t !== 'add') continue;
      if (this.#told.has(op.id)) this.#twice.push(op.text);
      this.#told.add(op.id);
    }
  }
}
