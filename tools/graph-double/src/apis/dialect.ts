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
  /** Address of the API, without a slash at its end. */
  base: string;
}

export interface Asked {
  /** Undefined: nobody that is known. */
  viewer: string | undefined;
  ids: readonly string[];
}

/** How one of the remote APIs speaks. */
export interface Dialect {
  routes: readonly Route[];
  /** What is said at any other address. */
  unknown(question: Question): Answer;
  tooMany(left: Left): Answer;
  /** What is told about the budget with each answer. */
  limitHeaders(left: Left): Record<string, string>;
  refused(): Answer;
  /** An id that nobody asks for. */
  stranger(number: number): string;
  /** The same answer, which names a next page. */
  endless(answer: Answer): Answer;
  /** Headers of answers that scripts of other origins may read. */
  exposed: readonly string[];
}

/** One address of an API, or one form of address. */
export interface Route {
  path: RegExp;
  /** Who asks for whom. Absent: only a fault that names the path meets it. */
  asked?(question: Question): Asked;
  answer(question: Question): Answer;
  items: Items;
}

/** The things in the answers of a route, so that a fault can change them one by one. */
export interface Items {
  /** The same body with other items; an error stays as it is. */
  edit(body: unknown, change: (items: readonly Item[]) => Item[]): unknown;
  /** A right one. */
  made(id: string): unknown;
  /** One with a value that the API never had. */
  odd(id: string): unknown;
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

/** Edits a list of items that name themselves by one of these fields. */
export function editList(
  list: readonly unknown[],
  change: (items: readonly Item[]) => Item[],
  fields: readonly string[] = ['id'],
): unknown[] {
  const items = (list as Fields[]).map((item) => {
    const field = fields.find((name) => item[name] !== undefined) ?? 'id';
    return { id: String(item[field]), item };
  });
  return change(items).map(({ item }) => item);
}

/** Edits a body that is one item, which names itself by this field. */
export function editSole(body: unknown, change: (items: readonly Item[]) => Item[], field = 'id'): unknown {
  const id = isFields(body) ? body[field] : undefined;
  return typeof id === 'string' ? (change([{ id, item: body }])[0]?.item ?? {}) : body;
}
