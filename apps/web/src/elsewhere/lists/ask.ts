import { ACCOUNT_TOKEN } from '@groundswell/protocol';
import { ListFault, type ListFaultCode } from './list-fault.js';
import type { NetworkAnswer, Place } from './list-reader.js';
import { readText } from './read-text.js';

/** Longest wait for one answer, milliseconds. */
const PATIENCE_MS = 15_000;

export interface Question {
  /** Below the base address, with a slash at its start. */
  path: string;
  query?: Readonly<Record<string, string | undefined>>;
  token?: string;
  /** What a status from 400 means here; default: by the status alone. */
  meaning?: (status: number, body: unknown) => ListFaultCode | undefined;
}

export interface Told {
  body: unknown;
  headers: NetworkAnswer['headers'];
}

/** Asks a network once. The token goes to no other place: an answer that leads elsewhere is none. */
export async function ask({ url, fetch, signal }: Place, question: Question): Promise<Told> {
  const { path, query = {}, token, meaning = () => undefined } = question;
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
  try {
    const answer = await fetch(`${url}${path}${search}`, {
      headers: { accept: 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    const body = parsed(await readText(answer));
    if (answer.status >= 400) throw new ListFault(meaning(answer.status, body) ?? byStatus(answer.status));
    if (body === undefined) throw new ListFault('unexpected');
    return { body, headers: answer.headers };
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof ListFault ? error : new ListFault('unreachable', error);
  }
}

/** Trimmed. Throws `not_a_token` for what cannot go into a header. */
export function tokenOf(given: string | undefined): string {
  const token = given?.trim() ?? '';
  if (!ACCOUNT_TOKEN.test(token)) throw new ListFault('not_a_token');
  return token;
}

function byStatus(status: number): ListFaultCode {
  if (status === 401 || status === 403) return 'refused';
  if (status === 404) return 'unknown_account';
  if (status === 429) return 'busy';
  return status >= 500 ? 'unreachable' : 'unexpected';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
