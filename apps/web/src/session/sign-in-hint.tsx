import type { Session, SignedOutReason } from './session.js';

const WORDS: Record<SignedOutReason, string> = {
  expired: 'Your sign-in has expired, so you are signed out.',
  refused: 'The server did not accept your sign-in, so you are signed out.',
  'no-portal': 'There is no sign-in page on this server.',
  'bad-code': 'That sign-in link has been used or is not valid.',
  unreachable: 'Signing in did not work: the server could not be reached. Open the link again.',
};

/** Says that the visitor is signed out, why, and how to change that. */
export function SignInHint({ session, wanted }: { session: Session; wanted: string }) {
  if (session.t === 'in') return null;
  if (session.t === 'signing-in') return <p className="hint card">Signing you in…</p>;
  return (
    <section className="hint card" aria-label="Signing in">
      {session.reason && <p className="hint-reason">{WORDS[session.reason]}</p>}
      <p>
        <strong>You are reading as a guest.</strong> To {wanted}, open your personal sign-in link.
      </p>
    </section>
  );
}
