import type { Author } from '@groundswell/protocol';

export type SignedOutReason = 'expired' | 'refused' | 'no-portal' | 'bad-code' | 'unreachable';

export type Session =
  | { t: 'out'; reason?: SignedOutReason }
  | { t: 'signing-in' }
  | { t: 'in'; token: string; member: Author; expiresAt: number | undefined };

/** What is kept in the tab's own storage. */
export interface Credentials {
  token: string;
  member: Author;
}

const KEY = 'groundswell.session';

/** The session for credentials: signed out when their token has expired. `now` in Unix milliseconds. */
export function sessionOf({ token, member }: Credentials, now: number): Session {
  const expiresAt = expiryOf(token);
  if (expiresAt !== undefined && expiresAt <= now) return { t: 'out', reason: 'expired' };
  return { t: 'in', token, member, expiresAt };
}

/** When a JWT expires, Unix milliseconds; undefined when it does not say. The server is who judges the token. */
export function expiryOf(token: string): number | undefined {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const claims: unknown = JSON.parse(atob(payload));
    const exp = (claims as { exp?: unknown }).exp;
    return typeof exp === 'number' ? exp * 1_000 : undefined;
  } catch {
    return undefined;
  }
}

export function isCredentials(value: unknown): value is Credentials {
  if (typeof value !== 'object' || value === null) return false;
  const { token, member } = value as Partial<Credentials>;
  return typeof token === 'string' && typeof member?.id === 'string' && typeof member.name === 'string';
}

export function loadCredentials(storage: Storage): Credentials | undefined {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? 'null');
    return isCredentials(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function saveCredentials(storage: Storage, credentials: Credentials | undefined): void {
  if (credentials) storage.setItem(KEY, JSON.stringify(credentials));
  else storage.removeItem(KEY);
}
