import { useCallback, useEffect, useState } from 'react';
import { exchangeCode, takeCode } from './exchange-code.js';
import { loadCredentials, saveCredentials, sessionOf } from './session.js';
import type { Session, SignedOutReason } from './session.js';

/** Longest delay that a browser's timer takes. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** Who is signed in, from the one-time code in the address or from this tab's storage. */
export function useSession(): { session: Session; signOut: (reason?: SignedOutReason) => void } {
  const [code] = useState(takeCode);
  const [session, setSession] = useState<Session>(() => {
    if (code !== undefined) return { t: 'signing-in' };
    const kept = loadCredentials(window.sessionStorage);
    return kept ? sessionOf(kept, Date.now()) : { t: 'out' };
  });

  const signOut = useCallback((reason?: SignedOutReason) => {
    saveCredentials(window.sessionStorage, undefined);
    setSession(reason ? { t: 'out', reason } : { t: 'out' });
  }, []);

  useEffect(() => {
    if (code === undefined) return;
    const signIn = async () => {
      const result = await exchangeCode(code);
      if (typeof result === 'string') return signOut(result);
      saveCredentials(window.sessionStorage, result);
      setSession(sessionOf(result, Date.now()));
    };
    void signIn();
  }, [code, signOut]);

  const expiresAt = session.t === 'in' ? session.expiresAt : undefined;
  useEffect(() => {
    const left = (expiresAt ?? Infinity) - Date.now();
    if (left > TIMER_MAX_MS) return;
    const timer = setTimeout(() => signOut('expired'), left);
    return () => clearTimeout(timer);
  }, [expiresAt, signOut]);

  return { session, signOut };
}
