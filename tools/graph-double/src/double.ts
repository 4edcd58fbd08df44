import { APIS, json, type Answer, type Api } from './answer.js';
import { bluesky } from './apis/bluesky.js';
import type { Dialect, Question } from './apis/dialect.js';
import { graph } from './apis/graph.js';
import { mastodon } from './apis/mastodon.js';
import { corsHeaders } from './cors.js';
import { ControlInvalid } from './fault.js';
import { Faults } from './faults.js';
import { RateLimit, type LimitSettings } from './rate-limit.js';
import { spoil, type Spoiled } from './spoil.js';
import { MadeWorld, type World } from './world.js';
import { WaveWorld } from './waves.js';

/** What was asked, for those who count. */
export interface Entry {
  api: Api;
  path: string;
  viewer?: string;
  ids: number;
}

const ENTRIES_MOST = 10_000;
const DIALECTS: Readonly<Record<Api, Dialect>> = { graph, bluesky, mastodon };

/** The three APIs, their world, and what goes wrong: everything but the sockets. */
export class Double {
  world: World;
  readonly faults: Faults;
  #limit = new RateLimit();
  #pageSize: number | undefined;
  #entries: Entry[] = [];

  constructor({ seed, world = new MadeWorld() }: { seed: number; world?: World }) {
    this.faults = new Faults(seed);
    this.world = world;
  }

  /** The newest 10,000 requests. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  forget(): void {
    this.#entries = [];
  }

  /** Absent ones are as they were at the start. Throws `ControlInvalid`. */
  set({ pageSize, limit }: { pageSize?: number; limit?: LimitSettings }): void {
    if (pageSize !== undefined && !(Number.isInteger(pageSize) && pageSize > 0)) {
      throw new ControlInvalid('"pageSize" is a whole number from 1.');
    }
    if (limit && !(limit.requests > 0 && limit.windowMs > 0)) {
      throw new ControlInvalid('"limit" is {"requests": n, "windowMs": n}, both above 0.');
    }
    this.#pageSize = pageSize;
    this.#limit = new RateLimit(limit);
  }

  /** Undefined while waves are served, which nobody changes by hand. */
  get made(): MadeWorld | undefined {
    return this.world instanceof MadeWorld ? this.world : undefined;
  }

  turnTo(wave: number): void {
    if (!(this.world instanceof WaveWorld)) throw new ControlInvalid('There are no waves: start with --waves FOLDER.');
    try {
      this.world.turnTo(wave);
    } catch (cause) {
      throw new ControlInvalid((cause as Error).message, { cause });
    }
  }

  /** `url` begins with the prefix of an API. */
  answer(url: URL, { token, origin }: { token: string | undefined; origin: string }): Spoiled {
    const [, prefix = '', ...rest] = url.pathname.split('/');
    const api = APIS.find((name) => name === prefix);
    if (!api) {
      return { answer: json({ error: `Below /${APIS.join(', /')}, and /control.` }, 404), delivery: 'whole' };
    }
    const dialect = DIALECTS[api];
    const path = `/${rest.join('/')}`;
    const question: Question = {
      path,
      query: url.searchParams,
      token,
      world: this.world,
      pageSize: this.#pageSize,
      base: `${origin}/${api}`,
    };
    const route = dialect.routes.find((one) => one.path.test(path));
    const asked = route?.asked?.(question);
    this.#note({
      api,
      path,
      ids: asked?.ids.length ?? 0,
      ...(asked?.viewer === undefined ? {} : { viewer: asked.viewer }),
    });
    const left = this.#limit.take(`${api} ${token ?? ''}`);
    const right = left.isOver ? dialect.tooMany(left) : (route?.answer(question) ?? dialect.unknown(question));
    const good: Answer = { ...right, headers: { ...dialect.limitHeaders(left), ...right.headers } };
    const fault = route && this.faults.draw(api, path, asked);
    const elsewhere = `${origin}${url.pathname}${url.search}`;
    const told: Spoiled = fault
      ? spoil(good, fault, { dialect, items: route.items, next: this.faults.next, elsewhere })
      : { answer: good, delivery: 'whole' };
    const headers = { ...told.answer.headers, ...corsHeaders(dialect.exposed) };
    return { ...told, answer: { ...told.answer, headers } };
  }

  #note(entry: Entry): void {
    this.#entries.push(entry);
    if (this.#entries.length > ENTRIES_MOST) this.#entries.shift();
  }
}
