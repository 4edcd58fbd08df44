import type { Commands } from '@groundswell/client';
import type { AccountView, RemoteWatch, WatchDelay } from '@groundswell/protocol';
import { MemberList } from '../friends/member-list.js';
import { DELAY_NAMES } from '../relationship/status-names.js';
import { SidePanel } from '../side/side-panel.js';
import type { Side as SideOf } from '../side/use-side.js';
import { AccountForm } from './account-form.js';
import { LOSSES, NETWORK_NAMES } from './networks.js';
import { useElsewhere, type ElsewhereSide } from './use-elsewhere.js';
import { WatchForm } from './watch-form.js';

interface Props {
  commands: Commands;
}

/** Who the viewer is in other networks, and whom the viewer watches there. */
export function ElsewherePanel({ commands }: Props) {
  const { state, change } = useElsewhere(commands);
  return (
    <SidePanel title="Other networks" state={state}>
      {(side, busy) => <Side commands={commands} side={side} busy={busy} change={change} />}
    </SidePanel>
  );
}

interface SideProps extends Props {
  side: ElsewhereSide;
  busy: boolean;
  change: SideOf<ElsewhereSide>['change'];
}

function Side({ commands, side: { accounts, watches }, busy, change }: SideProps) {
  const connected = accounts.flatMap(({ provider, account }) => (account === null ? [] : [provider]));
  const listed = watches.map((watch) => ({ id: idOf(watch), name: nameOf(watch) }));
  const watchOf = (id: string): RemoteWatch => watches.find((watch) => idOf(watch) === id)!;
  const disconnect = (provider: AccountView['provider']) => change(() => commands.disconnectAccount(provider));
  return (
    <>
      {accounts.map((one) => (
        <Account key={one.provider} account={one} busy={busy} onDisconnect={() => disconnect(one.provider)} />
      ))}
      <AccountForm busy={busy} onConnect={(provider, body) => change(() => commands.connectAccount(provider, body))} />
      <MemberList
        title="You watch elsewhere"
        members={listed}
        choice={{
          label: 'When to be told of',
          options: DELAY_NAMES,
          of: (id) => watchOf(id).delay,
          choose: (id, delay) => {
            const { provider, subject } = watchOf(id);
            change(() => commands.delayElsewhere(provider, subject, delay as WatchDelay));
          },
        }}
        actions={[
          {
            label: 'Stop',
            spoken: 'Stop watching',
            run: (id) => {
              const { provider, subject } = watchOf(id);
              change(() => commands.unwatchElsewhere(provider, subject));
            },
          },
        ]}
        busy={new Set(busy ? listed.map(({ id }) => id) : [])}
      />
      {connected.length > 0 && (
        <WatchForm
          providers={connected}
          busy={busy}
          onWatch={(provider, subject) => change(() => commands.watchElsewhere(provider, subject))}
        />
      )}
    </>
  );
}

interface AccountProps {
  account: AccountView;
  busy: boolean;
  onDisconnect: () => void;
}

function Account({ account: { provider, account, reason }, busy, onDisconnect }: AccountProps) {
  const network = NETWORK_NAMES[provider];
  return (
    <div className="status-row">
      <p className={reason === null ? 'quiet' : 'fault'}>
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

/** No network is named with a blank, and no account. */
function idOf({ provider, subject }: RemoteWatch): string {
  return `${provider} ${subject}`;
}

function nameOf({ provider, subject }: RemoteWatch): string {
  return `${subject} on ${NETWORK_NAMES[provider]}`;
}
