import type { AccountView } from '@groundswell/protocol';
import type { Person } from './lists/person.js';
import { calledOf, LOSSES, NETWORK_NAMES } from './networks.js';

interface Props {
  account: AccountView;
  /** Whose it is, while the browser knows: our server has the id alone. */
  owner: Person | undefined;
  busy: boolean;
  onDisconnect: () => void;
}

/** Who the viewer is in one network, or why nobody any more. */
export function AccountLine({ account: { provider, account, reason }, owner, busy, onDisconnect }: Props) {
  const network = NETWORK_NAMES[provider];
  const called = owner ? calledOf(owner) : account;
  return (
    <div className="status-row">
      <p title={account ?? undefined} className={reason === null ? 'quiet account' : 'fault account'}>
        {network}: {reason === null ? `connected as ${called}` : LOSSES[reason]}
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
