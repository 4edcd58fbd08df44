import type { RemoteProvider } from '@groundswell/protocol';
import { useId, useState } from 'react';
import { NETWORK_NAMES } from './networks.js';

interface Props {
  /** Where the viewer is connected; at least one. */
  providers: readonly RemoteProvider[];
  busy: boolean;
  onWatch: (provider: RemoteProvider, subject: string) => void;
}

/** Names somebody in another network whom the viewer wants to watch. */
export function WatchForm({ providers, busy, onWatch }: Props) {
  const [chosen, setChosen] = useState(providers[0]!);
  const [subject, setSubject] = useState('');
  const field = useId();
  const provider = providers.includes(chosen) ? chosen : providers[0]!;
  return (
    <form
      className="status-form"
      onSubmit={(event) => {
        event.preventDefault();
        onWatch(provider, subject.trim());
        setSubject('');
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
        value={subject}
        disabled={busy}
        onChange={(event) => setSubject(event.target.value)}
      />
      <div className="status-row">
        <button type="submit" className="small" disabled={busy}>
          Watch
        </button>
      </div>
    </form>
  );
}
