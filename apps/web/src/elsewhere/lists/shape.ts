import { REMOTE_ACCOUNT, type RemoteProvider } from '@groundswell/protocol';
import { ListFault } from './list-fault.js';
import { drawable, type Person } from './person.js';

export type Fields = Readonly<Record<string, unknown>>;

/** No network puts as many onto a page. */
const ITEMS_MOST = 1_000;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Throws `unexpected` when it is something else. */
export function fieldsOf(value: unknown): Fields {
  if (!isFields(value)) throw new ListFault('unexpected');
  return value;
}

/** Throws `unexpected` when it is no list, or one that nobody would send. */
export function itemsOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.length > ITEMS_MOST) throw new ListFault('unexpected');
  return value;
}

/** The id of an account. Throws `unexpected` when the network does not name accounts so. */
export function idOf(provider: RemoteProvider, value: unknown): string {
  if (typeof value !== 'string' || !REMOTE_ACCOUNT[provider].test(value)) throw new ListFault('unexpected');
  return value;
}

/** With the handle in place of a name that is missing, and the id in place of both. */
export function personOf(id: string, name: unknown, handle?: unknown): Person {
  const called = textOf(handle);
  return { id, name: textOf(name) || called || id, ...(called === '' ? {} : { handle: called }) };
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new ListFault('unexpected');
  return drawable(value);
}

const CURSOR = /^[\x21-\x7e]{1,1000}$/;

/** What the next page is asked for with. Throws `unexpected`: what follows it could not be read. */
export function cursorOf(value: unknown): string {
  if (typeof value !== 'string' || !CURSOR.test(value)) throw new ListFault('unexpected');
  return value;
}

/** One parameter of an address; the address itself is never asked. */
export function parameterOf(address: string, name: string): string | null {
  try {
    return new URL(address, 'http://nowhere.invalid').searchParams.get(name);
  } catch {
    return null;
  }
}
