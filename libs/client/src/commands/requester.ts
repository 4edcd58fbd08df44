import { PROBLEMS } from '@groundswell/protocol';
import type { Problem } from '@groundswell/protocol';
import { retryDelay } from '../engine/backoff.js';
import { systemTimers } from '../feed/environment.js';
import type { Timers } from '../feed/environment.js';
import { CommandRefused, CommandUnavailable, UnexpectedAnswer } from './command-errors.js';
import { systemFetch } from './http.js';
import type { FetchLike, HttpAnswer, HttpRequest } from './http.js';

export interface RequesterOptions {
  /** Origin of the server without a slash at its end; default: the page's own. */
  baseUrl?: string;
  /** Asked for at every attempt; nothing = signed out. */
  token?: () => Promise<string | undefined> | string | undefined;
  fetch?: FetchLike;
  timers?: Timers;
  /** 0 ≤ x < 1. */
  random?: () => number;
  /** Attempts in all; default 4. */
  attempts?: number;
  /** Longest wait for one answer, milliseconds; default 10,000. */
  timeoutMs?: number;
}

export interface Command {
  method: string;
  path: string;
  /** Idempotency-Key; reads have none. */
  key?: string;
  body?: object;
}

type Outcome = { t: 'answer'; status: number; text: string; retryAfterMs: number } | { t: 'failed'; cause: unknown };

const RETRY_AFTER_MAX_MS = 20_000;

/** Sends a command until it is answered: a 503 or a lost connection is tried again with the same key. */
export class Requester {
  readonly #options: RequesterOptions;
  readonly #attempts: number;

  constructor(options: RequesterOptions) {
    this.#options = options;
    this.#attempts = options.attempts ?? 4;
  }

  /** Resolves to the parsed body of a 2xx answer, `undefined` when it is empty. */
  async send(command: Command): Promise<unknown> {
    let last: unknown;
    for (let attempt = 0; attempt < this.#attempts; attempt++) {
      const outcome = await this.#attempt(command);
      if (outcome.t === 'answer' && outcome.status !== 503) return read(outcome.status, outcome.text);
      last = outcome.t === 'failed' ? outcome.cause : refusal(outcome.status, outcome.text);
      if (attempt + 1 === this.#attempts) break;
      const delay = retryDelay(attempt, this.#options.random ?? Math.random);
      await this.#wait(Math.max(delay, outcome.t === 'answer' ? outcome.retryAfterMs : 0));
    }
    throw new CommandUnavailable(command.key ?? '', this.#attempts, last);
  }

  async #attempt(command: Command): Promise<Outcome> {
    const request: HttpRequest = { method: command.method, headers: { accept: 'application/json' } };
    const token = await this.#options.token?.();
    if (token !== undefined) request.headers.authorization = `Bearer ${token}`;
    if (command.key !== undefined) request.headers['idempotency-key'] = command.key;
    if (command.body) {
      request.headers['content-type'] = 'application/json';
      request.body = JSON.stringify(command.body);
    }
    try {
      return await this.#within(this.#exchange(command.path, request));
    } catch (cause) {
      return { t: 'failed', cause };
    }
  }

  async #exchange(path: string, request: HttpRequest): Promise<Outcome> {
    const answer = await (this.#options.fetch ?? systemFetch)((this.#options.baseUrl ?? '') + path, request);
    return { t: 'answer', status: answer.status, text: await answer.text(), retryAfterMs: retryAfter(answer) };
  }

  /** A late answer is dropped: the next attempt has the same key and gets the same answer. */
  #within(exchange: Promise<Outcome>): Promise<Outcome> {
    const ms = this.#options.timeoutMs ?? 10_000;
    return new Promise((resolve, reject) => {
      const cancel = this.#timers.set(() => reject(new Error(`No answer within ${ms} ms.`)), ms);
      exchange.then(resolve, reject).finally(cancel);
    });
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#timers.set(resolve, ms);
    });
  }

  get #timers(): Timers {
    return this.#options.timers ?? systemTimers;
  }
}

function read(status: number, text: string): unknown {
  if (status < 200 || status > 299) throw refusal(status, text);
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnexpectedAnswer(status, cause);
  }
}

function refusal(status: number, text: string): CommandRefused | UnexpectedAnswer {
  try {
    const body: unknown = JSON.parse(text);
    return isProblem(body) ? new CommandRefused(body) : new UnexpectedAnswer(status);
  } catch (cause) {
    return new UnexpectedAnswer(status, cause);
  }
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false;
  const { code, detail, title } = body as Partial<Problem>;
  return typeof code === 'string' && code in PROBLEMS && typeof detail === 'string' && typeof title === 'string';
}

/** `Retry-After` in seconds, as milliseconds; 0 when there is none or it is a date. */
function retryAfter(answer: HttpAnswer): number {
  const seconds = Number(answer.headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, RETRY_AFTER_MAX_MS) : 0;
}
