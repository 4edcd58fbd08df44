import type { Lever } from './lever.js';
import { LeverRefused } from './errors.js';
import { growsOnly, readLeverRecord, type LeverRecord } from './record.js';
import { DEFAULT_LEVERS, LEVERS, type LeverKey, type Levers, type LeverValue } from './registry.js';
import { parseRecordKey, recordKey, type LeverPlace, type LeverScope } from './scope.js';
import { Turns, type InForce, type Turn } from './turns.js';

/** The values in force for an event. */
export interface ResolvedLevers {
  readonly levers: Levers;
  /** Revision of the newest record taken into account; never goes back. The end of a lease does not change it. */
  readonly rev: number;
}

/** An entry of the bucket. */
export interface LeverEntry {
  /** As `recordKey` makes it. */
  key: string;
  revision: number;
  /** Parsed JSON; undefined when the key was deleted. */
  json: unknown;
  /** When it was stored, Unix milliseconds. */
  at: number;
}

/** A turn that somebody wants to make; `value` is checked. */
export interface LeverTurn {
  /** `null` clears it. */
  value: unknown;
  who: string;
  why: string;
  /** Now, Unix milliseconds. */
  at: number;
  /** End of the lease, Unix milliseconds. */
  until?: number | undefined;
}

/** Where a lever's value comes from. */
export interface LeverStanding {
  lever: Lever & { key: LeverKey };
  value: LeverValue;
  from: 'default' | 'global' | 'event';
  /** The record that says so. */
  turn?: Turn;
}

/**
 * Every record of the bucket that matters, and the values that follow. Entries are added in the order of the bucket;
 * one that is not acceptable changes nothing, so that the last known good value stays.
 */
export class LeverBook {
  private readonly scopes = new Map<LeverScope, Map<LeverKey, Turns>>();
  private readonly cache = new Map<LeverScope, { resolved: ResolvedLevers; from: number; to: number }>();

  /** @param floor Revisions start here, so that they do not go back when one book follows another. */
  constructor(private readonly floor = 0) {}

  /** Takes an entry. Gives the reason when it was not acceptable. One that is known already changes nothing. */
  add({ key, revision, json, at }: LeverEntry): string | undefined {
    const place = parseRecordKey(key);
    if (!place) return `There is no lever for the key "${key}".`;
    const levers = this.scopes.get(place.scope) ?? new Map<LeverKey, Turns>();
    const turns = levers.get(place.key) ?? new Turns(place.key);
    if (revision <= turns.lastRevision) return undefined;
    try {
      const record = readLeverRecord(place.key, json === undefined ? { value: null } : json, at);
      turns.add({ revision, record });
    } catch (error) {
      if (!(error instanceof LeverRefused)) throw error;
      return error.message;
    }
    this.scopes.set(place.scope, levers);
    levers.set(place.key, turns);
    this.cache.clear();
    return undefined;
  }

  /** Makes the record that turns a lever; nothing changes until it is added. Throws `LeverRefused`. */
  prepare({ scope, key }: LeverPlace, { until, ...turn }: LeverTurn): LeverRecord {
    const turns = this.scopes.get(scope)?.get(key) ?? new Turns(key);
    const lease = until === undefined ? {} : { until, base: turns.base };
    const record = readLeverRecord(key, { ...turn, ...lease }, turn.at);
    if (until !== undefined && until <= turn.at) {
      throw new LeverRefused('lever_lease', `A lease on ${key} must end later than it begins.`);
    }
    turns.checkGrowth(record);
    return record;
  }

  /** Highest revision of all scopes. */
  get rev(): number {
    return [...this.scopes.keys()].reduce((highest, scope) => Math.max(highest, this.revOf(scope)), this.floor);
  }

  /** Events that have records of their own. */
  get events(): string[] {
    return [...this.scopes.keys()].filter((scope) => scope !== undefined);
  }

  /** The values for an event at a time; the same object as long as nothing changes. */
  of(event: LeverScope, now: number): ResolvedLevers {
    const scope = this.scopes.has(event) ? event : undefined;
    const cached = this.cache.get(scope);
    if (cached && cached.from <= now && now < cached.to) return cached.resolved;
    const levers = Object.fromEntries(this.explain(scope, now).map(({ lever, value }) => [lever.key, value]));
    const rev = Math.max(this.floor, this.revOf(undefined), this.revOf(scope));
    const resolved = Object.freeze({ levers: Object.freeze({ ...DEFAULT_LEVERS, ...levers }), rev });
    this.cache.set(scope, { resolved, from: now, to: this.nextEnd(now) });
    return resolved;
  }

  /** Every lever in the order of the registry, with where its value comes from. */
  explain(event: LeverScope, now: number): LeverStanding[] {
    return LEVERS.map((lever) => this.standing(lever, event, now));
  }

  /** When the next lease ends, Unix milliseconds; Infinity when there is none. */
  nextEnd(now: number): number {
    let next = Infinity;
    for (const levers of this.scopes.values()) {
      for (const turns of levers.values()) next = Math.min(next, turns.nextEnd(now));
    }
    return next;
  }

  /** What another book needs to hold the same. */
  entries(): LeverEntry[] {
    return [...this.scopes].flatMap(([scope, levers]) =>
      [...levers].flatMap(([lever, turns]) =>
        turns.all.map(({ revision, record }) => ({
          key: recordKey(scope, lever),
          revision,
          json: record,
          at: record.at,
        })),
      ),
    );
  }

  private standing(lever: Lever & { key: LeverKey }, event: LeverScope, now: number): LeverStanding {
    const global = { from: 'global' as const, set: this.inForce(undefined, lever.key, now) };
    const own = { from: 'event' as const, set: event === undefined ? undefined : this.inForce(event, lever.key, now) };
    // A lever that only grows must not go back when an event gets, or had, a value of its own.
    const globalFirst = growsOnly(lever) && Number(global.set?.value ?? 0) > Number(own.set?.value ?? 0);
    for (const { from, set } of globalFirst ? [global, own] : [own, global]) {
      if (set && set.value !== null) return { lever, value: set.value, from, ...(set.turn ? { turn: set.turn } : {}) };
    }
    return { lever, value: lever.default as LeverValue, from: 'default' };
  }

  private inForce(scope: LeverScope, key: LeverKey, now: number): InForce | undefined {
    return this.scopes.get(scope)?.get(key)?.at(now);
  }

  private revOf(scope: LeverScope): number {
    let rev = 0;
    for (const turns of this.scopes.get(scope)?.values() ?? []) rev = Math.max(rev, turns.lastRevision);
    return rev;
  }
}
