import { eventually } from '@groundswell/testing';
import type { LeverKey, LeverValue } from '@groundswell/levers';
import { paths, type HeadBody } from '@groundswell/protocol';
import { HostileCache, later, STEP_MS, World, type Ask, type Fault } from '../src/index.js';
import type { Origin, Written } from './origin.js';
import { Viewer, type Standing, type ViewerOptions } from './viewer.js';

interface Said extends Written {
  text: string;
}

/** An event of its own at the origin, caches before it, and viewers who poll through them. */
export class Scene {
  readonly world = new World();
  readonly #caches: HostileCache[] = [];
  readonly #viewers: Viewer[] = [];
  #said: Said[] = [];

  private constructor(
    readonly origin: Origin,
    readonly event: string,
  ) {}

  static async open(origin: Origin, event: string): Promise<Scene> {
    await origin.event(event);
    return new Scene(origin, event);
  }

  /** The address of the head as of now, by a clock that is ahead of the world by `aheadMs`. */
  headNow(aheadMs = 0, slotMs = 1_000): string {
    return paths.head(this.event, slotMs, Math.floor((this.world.now() + aheadMs) / slotMs));
  }

  /** While time leaps, others ask a cache for the head of every slot there is. */
  async crowdPolls(edge: HostileCache, ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= STEP_MS) {
      for (let back = 0; back <= STEP_MS + 1_000; back += 1_000) await edge.answer(this.headNow(-back));
      this.world.leap(STEP_MS);
    }
  }

  /** Turns a lever for this event, and waits until the head shows what came of it. */
  async turns(key: LeverKey, value: LeverValue, shows: (head: HeadBody) => boolean): Promise<void> {
    await this.origin.turn(key, value, this.event);
    await eventually(async () => shows(await this.origin.head(this.event)), { message: `${key} in force` });
  }

  /** Nothing rides in the head: what is missing is fetched by its address. */
  async nothingInline(): Promise<void> {
    await this.turns('head.inline_bytes', 0, ({ inline }) => inline.length === 0);
  }

  /** How a node is asked in this world's time; its clock is ahead of the world by `aheadMs`. */
  ask(node = 0, aheadMs = 0): Ask {
    return later(this.origin.ask(node), { passed: () => this.world.passed + aheadMs });
  }

  /** A cache before a node; its clock is ahead of the world by `aheadMs`. A deaf one hears of no purge. */
  async cache(fault: Fault, { ask = this.ask(), aheadMs = 0, deaf = false } = {}): Promise<HostileCache> {
    const cache = new HostileCache({ ask, now: () => this.world.now() + aheadMs, fault });
    this.#caches.push(cache);
    if (!deaf) this.origin.desk.caches.add(cache);
    return cache.start();
  }

  viewer(edge: HostileCache, options: Partial<ViewerOptions> = {}): Viewer {
    const viewer = new Viewer({ world: this.world, event: this.event, edge, ...options });
    this.#viewers.push(viewer);
    return viewer;
  }

  /** Statuses come, each in a segment of its own; resolves when the last is sealed. */
  async says(...texts: string[]): Promise<void> {
    for (const text of texts) {
      await this.sealed(async () => {
        this.#said.push({ ...(await this.origin.status(this.event, 'ada', text)), text });
      });
    }
  }

  /** A status is taken back; resolves when the origin has purged it from the caches for the first time. */
  async takesBack(text: string): Promise<void> {
    const said = this.#said.find((one) => one.text === text)!;
    this.#said = this.#said.filter((one) => one !== said);
    const before = this.purges;
    await this.sealed(() => this.origin.retract(this.event, said));
    await eventually(() => this.purges > before, { message: 'a purge' });
  }

  /** How often the origin has purged pages of this event. */
  get purges(): number {
    return this.origin.desk.purges.filter(([key]) => key!.startsWith(`${this.event}-`)).length;
  }

  /** Does something of which a segment more comes, and waits for that. */
  async sealed(write: () => Promise<void>): Promise<void> {
    const { n } = await this.origin.head(this.event);
    await write();
    await eventually(async () => (await this.origin.head(this.event)).n > n, { message: 'a segment more' });
  }

  /** Where whoever has just polled must stand: at the head of the origin, with everything that was said. */
  async honest({ last = Infinity } = {}): Promise<Standing> {
    const { epoch, n } = await this.origin.head(this.event);
    const texts = this.#said.map(({ text }) => text).toReversed();
    return { epoch, n, texts: texts.slice(0, last), reread: [], twice: [] };
  }

  async close(): Promise<void> {
    for (const viewer of this.#viewers) viewer.leaves();
    for (const cache of this.#caches) this.origin.desk.caches.delete(cache);
    await Promise.all(this.#caches.map((cache) => cache.stop()));
  }
}
