import { useCallback, useEffect } from 'react';
import { EventPage } from './event-page.js';
import { useCommands } from './live/use-commands.js';
import { useEvent } from './live/use-event.js';
import { Lobby } from './lobby.js';
import { useSession } from './session/use-session.js';

/** The whole page: who is there, which event, and then the event itself. */
export function App() {
  const { session, signOut } = useSession();
  const refused = useCallback(() => signOut('refused'), [signOut]);
  const commands = useCommands(session.t === 'in' ? session.token : undefined, refused);
  const { state, looking, reload } = useEvent(useCommands(undefined));
  const title = state.t === 'ready' ? state.event.title : undefined;

  useEffect(() => {
    document.title = title === undefined ? 'Groundswell' : `${title} · Groundswell`;
  }, [title]);

  if (state.t === 'ready' && session.t !== 'signing-in') {
    return <EventPage event={state.event} session={session} commands={commands} onSignOut={signOut} />;
  }
  // Signing in comes first: an event is drawn once, for whoever it is.
  const nothing = state.t === 'ready' ? { t: 'loading' as const } : state;
  return (
    <Lobby
      state={nothing}
      looking={looking}
      session={session}
      commands={commands}
      onLook={reload}
      onSignOut={signOut}
    />
  );
}
