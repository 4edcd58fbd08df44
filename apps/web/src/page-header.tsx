import type { ConnectionState } from '@groundswell/client';
import { ConnectionLine } from './live/connection-line.js';
import type { Session } from './session/session.js';

interface Props {
  title: string;
  /** Undefined where nothing is followed live. */
  connection: ConnectionState | undefined;
  session: Session;
  peopleOpen: boolean;
  onPeople: () => void;
  onSignOut: () => void;
}

export function PageHeader({ title, connection, session, peopleOpen, onPeople, onSignOut }: Props) {
  return (
    <header className="page-header">
      <div className="page-header-inner">
        <div className="page-title">
          <h1>{title}</h1>
          {connection && <ConnectionLine state={connection} />}
        </div>
        {session.t === 'in' ? (
          <div className="who">
            <button
              type="button"
              className="link people-button"
              aria-expanded={peopleOpen}
              aria-controls="people"
              onClick={onPeople}
            >
              People
            </button>
            <span className="who-name" title={session.member.id}>
              {session.member.name}
            </span>
            <button type="button" className="link" onClick={onSignOut}>
              Sign out
            </button>
          </div>
        ) : (
          <span className="quiet">{session.t === 'signing-in' ? 'Signing in…' : 'Guest'}</span>
        )}
      </div>
    </header>
  );
}
