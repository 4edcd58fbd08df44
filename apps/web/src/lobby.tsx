import type { Commands } from '@groundswell/client';
import type { EventState } from './live/use-event.js';
import { PageFrame } from './page-frame.js';
import { People } from './people.js';
import type { Session, SignedOutReason } from './session/session.js';
import { SignInHint } from './session/sign-in-hint.js';
import { isLinkOfLetter } from './side/wanted-part.js';

/** Why there is no event to show. */
type Nothing = Exclude<EventState, { t: 'ready' }>;

interface Props {
  state: Nothing;
  /** The events are asked for again. */
  looking: boolean;
  session: Session;
  commands: Commands;
  onLook: () => void;
  onSignOut: (reason?: SignedOutReason) => void;
}

/** The page without an event: what members have set and were told is there all the same. */
export function Lobby({ state, looking, session, commands, onLook, onSignOut }: Props) {
  const isMember = session.t === 'in' && state.t !== 'loading';
  return (
    <PageFrame
      title="Groundswell"
      session={session}
      // After a failure they are read anew together with the events.
      people={isMember && <People key={state.t === 'failed' ? 'failed' : 'there'} commands={commands} />}
      onSignOut={onSignOut}
    >
      {state.t !== 'loading' && (
        <SignInHint
          session={session}
          wanted={isLinkOfLetter() ? 'see what your letter leads to' : 'see your friends and your letters'}
        />
      )}
      <div className="lobby">
        <p role="status">{looking ? 'Looking for the event…' : words(state)}</p>
        {state.t === 'unknown' && <a href="/">See what is on air</a>}
        {(state.t === 'failed' || state.t === 'none') && (
          <button type="button" className="primary" disabled={looking} onClick={onLook}>
            Try again
          </button>
        )}
      </div>
    </PageFrame>
  );
}

function words(state: Nothing): string {
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
