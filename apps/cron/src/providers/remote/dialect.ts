import type { Fault, Value } from '@groundswell/relations';
import type { IncomingHttpHeaders } from 'node:http';
import type { Scope, Usage } from '../budget/budget.js';

/** What an answer says of one subject. */
export type Reading = { kind: 'value'; value: Value } | { kind: 'hidden' | 'unknown' | 'gone' };

export interface Page {
  /** In any order. */
  readings: readonly (readonly [id: string, reading: Reading])[];
  /** There is more, from here. */
  next?: string;
}

export interface Question {
  /** The watcher's. */
  account: string;
  ids: readonly string[];
  cursor?: string;
}

/** An answer with status 200. */
export interface Told {
  body: unknown;
  headers: IncomingHttpHeaders;
  account: string;
}

/** How one remote API is spoken to, and understood. Pure. */
export interface Dialect {
  readonly name: string;
  /** Ids a request. */
  readonly batch: number;
  /** Raise it when the same answer is read differently. */
  readonly version: number;
  /** How to ask whose a token is; absent: it is public, and takes no token. */
  readonly owner?: { path: string; read(body: unknown): string | undefined };
  /** What it names its members by; others are not asked for. */
  readonly id: RegExp;
  scope(account: string): Scope;
  /** Path and query of a request. */
  path(question: Question): string;
  /** Nothing of the body has been checked. */
  read(told: Told): Page | Fault;
  /** What a status other than 200 means, where the API has its own words for it; undefined: what it means in HTTP. */
  refusal(status: number, body: unknown): Fault | undefined;
  /** What the headers say of the budget; undefined: nothing. */
  usage(headers: IncomingHttpHeaders, now: number): Usage | undefined;
}
