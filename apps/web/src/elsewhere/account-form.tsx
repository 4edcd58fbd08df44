import { NEEDS_TOKEN, type RemoteNetwork, type RemoteProvider } from '@groundswell/protocol';
import { useId, useState } from 'react';
import type { Fetch } from './lists/list-reader.js';
import { LIST_READERS } from './lists/list-readers.js';
import type { Person } from './lists/person.js';
import { calledOf, NETWORK_NAMES } from './networks.js';
import { useAttempt } from './use-attempt.js';

interface Props {
  /** At least one. */
  networks: readonly RemoteNetwork[];
  /** What is offered first. */
  first: RemoteProvider;
  busy: boolean;
  fetch: Fetch;
  onConnect: (network: RemoteNetwork, person: Person, token?: string) => Promise<void>;
}

/** Asks a network who the viewer is there, by what they know. A token is forgotten here as soon as it is sent. */
export function AccountForm({ networks, first, busy: waiting, fetch, onConnect }: Props) {
  const [chosen, setChosen] = useState(first);
  const [given, setGiven] = useState('');
  const [found, setFound] = useState('');
  const { busy: asking, fault, start } = useAttempt();
  const field = useId();
  const network = networks.find(({ provider }) => provider === chosen) ?? networks[0]!;
  const { provider, url } = network;
  const secret = NEEDS_TOKEN[provider];
  const busy = waiting || asking;
  const connect = () => {
    setFound('');
    setGiven(secret ? '' : given);
    start(async (signal) => {
      const person = await LIST_READERS[provider].who({ url, fetch, signal }, given);
      signal.throwIfAborted();
      setFound(`You are ${calledOf(person)} on ${NETWORK_NAMES[provider]}.`);
      await onConnect(network, person, secret ? given.trim() : undefined);
    });
  };
  return (
    <form
      className="status-form"
      onSubmit={(event) => {
        event.preventDefault();
        connect();
      }}
    >
      <label htmlFor={`${field}-network`}>Network</label>
      <select
        id={`${field}-network`}
        value={provider}
        disabled={busy}
        onChange={(event) => {
          setChosen(event.target.value as RemoteProvider);
          setGiven('');
          setFound('');
        }}
      >
        {networks.map(({ provider: name }) => (
          <option key={name} value={name}>
            {NETWORK_NAMES[name]}
          </option>
        ))}
      </select>
      <label htmlFor={`${field}-given`}>{secret ? 'Token' : 'Your handle'}</label>
      <input
        key={provider}
        id={`${field}-given`}
        type={secret ? 'password' : 'text'}
        required
        autoComplete="off"
        autoCapitalize="none"
        aria-describedby={secret ? `${field}-why` : undefined}
        spellCheck={false}
        placeholder={secret ? undefined : 'ada.example.org'}
        value={given}
        disabled={busy}
        onChange={(event) => setGiven(event.target.value)}
      />
      {secret && (
        <p id={`${field}-why`} className="quiet">
          With it your browser asks who you are, and our server about those whom you watch.
        </p>
      )}
      <div className="status-row">
        <button type="submit" className="primary small" disabled={busy}>
          Connect
        </button>
      </div>
      <p className="quiet" role="status">
        {found}
      </p>
      {fault !== undefined && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  );
}
