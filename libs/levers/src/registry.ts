import { EVERYONE_LEVERS } from './everyone-levers.js';
import type { Lever } from './lever.js';
import { PAGE_LEVERS } from './page-levers.js';
import { FRIENDS_LEVERS } from './friends-levers.js';
import { TRANSPORT_LEVERS } from './transport-levers.js';

const ROWS = [...EVERYONE_LEVERS, ...PAGE_LEVERS, ...FRIENDS_LEVERS, ...TRANSPORT_LEVERS] as const;

type Row = (typeof ROWS)[number];

export type LeverKey = Row['key'];

type ValueOf<R> = R extends { options: readonly (infer O)[] } ? O : R extends { kind: 'switch' } ? boolean : number;

/** Type of a lever's value. */
export type LeverValue<K extends LeverKey = LeverKey> = ValueOf<Extract<Row, { key: K }>>;

/** A value for every lever. */
export type Levers = { readonly [K in LeverKey]: LeverValue<K> };

export type SegmentLeverKey = Extract<Row, { effect: 'segment' }>['key'];

/** The levers that shape content: they travel in the tick. */
export type SegmentLevers = Pick<Levers, SegmentLeverKey>;

/** Every lever there is, in the order in which people read them. */
export const LEVERS: readonly (Lever & { key: LeverKey })[] = ROWS;

const BY_KEY: ReadonlyMap<string, Lever & { key: LeverKey }> = new Map(LEVERS.map((lever) => [lever.key, lever]));

/** Undefined when there is no such lever. */
export function findLever(key: string): (Lever & { key: LeverKey }) | undefined {
  return BY_KEY.get(key);
}

/** All at their defaults. */
export const DEFAULT_LEVERS: Levers = Object.freeze(
  Object.fromEntries(LEVERS.map((lever) => [lever.key, lever.default])),
) as unknown as Levers;

const SEGMENT_KEYS = LEVERS.filter(({ effect }) => effect === 'segment')
  .map(({ key }) => key)
  .sort();

/** The part that goes into ticks, sorted by key: written as JSON, it has the same bytes on every node. */
export function segmentLevers(levers: Levers): SegmentLevers {
  return Object.fromEntries(SEGMENT_KEYS.map((key) => [key, levers[key]])) as unknown as SegmentLevers;
}
