import { useEffect } from 'react';
import { EventPage } from './event-page.js';
import { useCommands } from './live/use-commands.js';
import { useEvent } from './live/use-event.js';
import type { EventState } from './live/use-event.js';
import { useSession } from './session/use-session.js';

function words(state: Exclude<EventState, { t: 'ready' }>): string {
  switch (state.t) {
    case 'loading':
      return 'Looking for the event…';
    case 'none':
      return 'Nothing is on air right now.';
    case 'unknown':
      return `There is no event “${state.id}”.`;
    case 'failed':
      return 'The events could not be loaded.';
    default:
      return state satisfies never;
  }
}

/** The whole page: who is there, which event, and then the event itself. */
export function App() {
  const { session, signOut } = useSession();
  const commands = useCommands(session.t === 'in' ? session.token : undefined);
  const { state, reload } = useEvent(useCommands(undefined));
  const title = state.t === 'ready' ? state.event.title : undefined;

  useEffect(() => {
    document.title = title === undefined ? 'Groundswell' : `${title} · Groundswell`;
  }, [title]);

  if (state.t === 'ready' && session.t !== 'signing-in') {
    return <EventPage event={state.event} session={session} commands={commands} onSignOut={signOut} />;
  }
  return (
    <main className="lobby">
      <h1>Groundswell</h1>
      <p role="status">{state.t === 'ready' ? 'Signing you in…' : words(state)}</p>
      {(state.t === 'failed' || state.t === 'none') && (
        <button type="button" className="primary" onClick={reload}>
          Try again
        </button>
      )}
    </main>
  );
}
