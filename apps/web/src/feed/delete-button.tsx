import { useState } from 'react';
import { messageOf } from '../compose/message-of.js';

type State = { t: 'idle' } | { t: 'asking' } | { t: 'busy' } | { t: 'failed'; message: string };

/** Deletes after a second press; what is deleted leaves the page when the stream says so. */
export function DeleteButton({ what, onDelete }: { what: string; onDelete: () => Promise<void> }) {
  const [state, setState] = useState<State>({ t: 'idle' });
  const run = () => {
    setState({ t: 'busy' });
    onDelete().catch((error: unknown) => setState({ t: 'failed', message: messageOf(error) }));
  };
  if (state.t === 'busy') return <span className="quiet">Deleting…</span>;
  if (state.t === 'asking') {
    return (
      <span className="confirm">
        <button type="button" className="link danger" onClick={run}>
          Yes, delete
        </button>
        <button type="button" className="link" onClick={() => setState({ t: 'idle' })}>
          Keep
        </button>
      </span>
    );
  }
  return (
    <>
      <button type="button" className="link" aria-label={`Delete ${what}`} onClick={() => setState({ t: 'asking' })}>
        Delete
      </button>
      {state.t === 'failed' && (
        <span className="fault" role="alert">
          {state.message}
        </span>
      )}
    </>
  );
}
