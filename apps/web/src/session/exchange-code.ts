import { isCredentials } from './session.js';
import type { Credentials, SignedOutReason } from './session.js';

/** Address of the development portal that exchanges one-time codes for tokens. */
const PORTAL = '/dev/sign-in';

/** Exchanges a one-time code; resolves to why not when that fails. */
export async function exchangeCode(code: string): Promise<Credentials | SignedOutReason> {
  try {
    const answer = await fetch(PORTAL, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    if (answer.status === 404) return 'no-portal';
    if (answer.status >= 500) return 'unreachable';
    const body: unknown = answer.ok ? await answer.json() : undefined;
    return isCredentials(body) ? { token: body.token, member: body.member } : 'bad-code';
  } catch {
    return 'unreachable';
  }
}

/** Takes `?signin=CODE` out of the address bar, so that it is neither kept in the history nor shared. */
export function takeCode(): string | undefined {
  const url = new URL(window.location.href);
  const code = url.searchParams.get('signin');
  if (code === null) return undefined;
  url.searchParams.delete('signin');
  window.history.replaceState(window.history.state, '', url);
  return code;
}
