import type { Answer } from '../answer.js';
import type { Left } from '../rate-limit.js';
import type { World } from '../world.js';

export interface Question {
  /** Below the prefix of the API, starting with a slash. */
  path: string;
  query: URLSearchParams;
  /** Bearer token. */
  token: string | undefined;
  world: World;
  pageSize: number | undefined;
}

export interface Asked {
  /** Undefined: nobody that is known. */
  viewer: string | undefined;
  ids: readonly string[];
}

/** How one of the remote APIs speaks. */
export interface Dialect {
  /** Who asks for whom; undefined: it is no question about relationships. */
  asked(question: Question): Asked | undefined;
  answer(question: Question): Answer;
  tooMany(left: Left): Answer;
  /** What is told about the budget with each answer. */
  limitHeaders(left: Left): Record<string, string>;
  refused(): Answer;
  /** The same body with other items; what is no answer about relationships stays as it is. */
  edit(body: unknown, change: (items: readonly Item[]) => Item[]): unknown;
  item(id: string, follows: boolean): unknown;
  /** An item with a value that the API never had. */
  oddItem(id: string): unknown;
  /** An id that nobody asks for. */
  stranger(number: number): string;
  /** Makes it the answer to somebody else, where answers say whose they are. */
  readdress?(body: unknown): unknown;
}

export interface Item {
  id: string;
  item: unknown;
}

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
