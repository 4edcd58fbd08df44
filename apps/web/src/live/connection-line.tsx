import type { ConnectionState } from '@groundswell/client';

type Look = 'good' | 'busy' | 'bad';

function words(state: ConnectionState): { look: Look; text: string } {
  switch (state.t) {
    case 'idle':
    case 'connecting':
    case 'greeting':
      return { look: 'busy', text: state.t !== 'idle' && state.attempt > 0 ? 'Reconnecting…' : 'Connecting…' };
    case 'live':
      return { look: 'good', text: 'Live' };
    case 'waiting':
      return state.reason === 'bye'
        ? { look: 'busy', text: 'Moving to another server…' }
        : { look: 'bad', text: 'Connection lost. Trying again…' };
    case 'stopped':
      return { look: 'bad', text: state.error ? `Not connected. ${state.error.remedy}` : 'Not connected.' };
    default:
      return state satisfies never;
  }
}

/** The state of the connection in plain words; spoken when it changes. */
export function ConnectionLine({ state }: { state: ConnectionState }) {
  const { look, text } = words(state);
  return (
    <p className={`connection connection-${look}`} role="status">
      <span className="connection-dot" aria-hidden="true" />
      {text}
    </p>
  );
}
