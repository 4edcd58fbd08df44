import { NEEDS_TOKEN, REMOTE_PROVIDERS, type AccountBody, type RemoteProvider } from '@groundswell/protocol';
import { useId, useState } from 'react';
import { ACCOUNT_HINTS, NETWORK_NAMES } from './networks.js';

interface Props {
  busy: boolean;
  onConnect: (provider: RemoteProvider, body: AccountBody) => void;
}

/** Says who the viewer is in another network. The token is forgotten here as soon as it is sent. */
export function AccountForm({ busy, onConnect }: Props) {
  const [provider, setProvider] = useState<RemoteProvider>('bluesky');
  const [account, setAccount] = useState('');
  const [token, setToken] = useState('');
  const field = useId();
  const needsToken = NEEDS_TOKEN[provider];
  return (
    <form
      className="status-form"
      onSubmit={(event) => {
        event.preventDefault();
        onConnect(provider, { account: account.trim(), ...(needsToken ? { token: token.trim() } : {}) });
        setToken('');
      }}
    >
      <label htmlFor={`${field}-network`}>Network</label>
      <select
        id={`${field}-network`}
        value={provider}
        disabled={busy}
        onChange={(event) => {
          setProvider(event.target.value as RemoteProvider);
          setToken('');
        }}
      >
        {REMOTE_PROVIDERS.map((name) => (
          <option key={name} value={name}>
            {NETWORK_NAMES[name]}
          </option>
        ))}
      </select>
      <label htmlFor={`${field}-account`}>{ACCOUNT_HINTS[provider]}</label>
      <input
        id={`${field}-account`}
        type="text"
        required
        autoComplete="off"
        spellCheck={false}
        value={account}
        disabled={busy}
        onChange={(event) => setAccount(event.target.value)}
      />
      {needsToken && (
        <>
          <label htmlFor={`${field}-token`}>Token</label>
          <input
            id={`${field}-token`}
            type="password"
            required
            autoComplete="off"
            value={token}
            disabled={busy}
            onChange={(event) => setToken(event.target.value)}
          />
        </>
      )}
      <div className="status-row">
        <button type="submit" className="primary small" disabled={busy}>
          Connect
        </button>
      </div>
    </form>
  );
}
