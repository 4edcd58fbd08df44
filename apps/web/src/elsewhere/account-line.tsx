import type { AccountView } from '@groundswell/protocol';
import { LOSSES, NETWORK_NAMES } from './networks.js';

interface Props {
  account: AccountView;
  busy: boolean;
  onDisconnect: () => void;
}

/** Who the viewer is in one network, or why nobody any more. */
export function AccountLine({ account: { provider, account, reason }, busy, onDisconnect }: Props) {
  const network = NETWORK_NAMES[provider];
  return (
    <div className="status-row">
      <p className={reason === null ? 'quiet account' : 'fault account'}>
        {network}: {reason === null ? `connected as ${account}` : LOSSES[reason]}
      </p>
      <button
        type="button"
        className="link"
        disabled={busy}
        aria-label={`Disconnect ${network}`}
        onClick={onDisconnect}
      >
        Disconnect
      </button>
    </div>
  );
}
