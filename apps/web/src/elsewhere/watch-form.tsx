import type { RemoteProvider } from '@groundswell/protocol';
import { useId, useState } from 'react';
import { NETWORK_NAMES } from './networks.js';
import { refusalWords } from './refusal-words.js';
import { useAttempt } from './use-attempt.js';

interface Props {
  /** Where the viewer is connected; at least one. */
  providers: readonly RemoteProvider[];
  busy: boolean;
  onWatch: (provider: RemoteProvider, subject: string) => Promise<void>;
}

/** Names somebody in another network by id: the way for those whose list is hidden. */
export function WatchForm({ providers, busy: waiting, onWatch }: Props) {
  const [chosen, setChosen] = useState(providers[0]!);
  const [given, setGiven] = useState('');
  const { busy: sending, fault, start } = useAttempt();
  const field = useId();
  const provider = providers.includes(chosen) ? chosen : providers[0]!;
  const busy = waiting || sending;
  const watch = () => {
    const subject = given.trim();
    start(
      async (signal) => {
        await onWatch(provider, subject);
        if (!signal.aborted) setGiven('');
      },
      (error) => refusalWords(error, provider, [{ id: subject, name: subject }]),
    );
  };
  return (
    <details className="fold">
      <summary>Watch somebody by id</summary>
      <form
        className="status-form"
        onSubmit={(event) => {
          event.preventDefault();
          watch();
        }}
      >
        <label htmlFor={`${field}-where`}>Watch somebody on</label>
        <select
          id={`${field}-where`}
          value={provider}
          disabled={busy}
          onChange={(event) => setChosen(event.target.value as RemoteProvider)}
        >
          {providers.map((name) => (
            <option key={name} value={name}>
              {NETWORK_NAMES[name]}
            </option>
          ))}
        </select>
        <label htmlFor={`${field}-who`}>The id of their account there</label>
        <input
          id={`${field}-who`}
          type="text"
          required
          autoComplete="off"
          spellCheck={false}
          value={given}
          disabled={busy}
          onChange={(event) => setGiven(event.target.value)}
        />
        <div className="status-row">
          <button type="submit" className="small" disabled={busy}>
            Watch by id
          </button>
        </div>
        {fault !== undefined && (
          <p className="fault" role="alert">
            {fault}
          </p>
        )}
      </form>
    </details>
  );
}
