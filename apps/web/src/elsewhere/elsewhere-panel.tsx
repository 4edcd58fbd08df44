import type { Commands } from '@groundswell/client';
import type { AccountView, RemoteNetwork, RemoteProvider } from '@groundswell/protocol';
import { SidePanel } from '../side/side-panel.js';
import type { Side as SideOf } from '../side/use-side.js';
import { AccountForm } from './account-form.js';
import { AccountLine } from './account-line.js';
import { Chooser } from './chooser.js';
import type { Fetch } from './lists/list-reader.js';
import { LIST_READERS } from './lists/list-readers.js';
import type { Person } from './lists/person.js';
import { systemFetch } from './networks.js';
import { useElsewhere, type ElsewhereSide } from './use-elsewhere.js';
import { useLists, type Lists } from './use-lists.js';
import { WatchForm } from './watch-form.js';
import { WatchedList } from './watched-list.js';

interface Props {
  commands: Commands;
  /** How other networks are asked; default: by the browser. */
  fetch?: Fetch;
}

/** Who the viewer is in other networks, and whom the viewer watches there. */
export function ElsewherePanel({ commands, fetch = systemFetch }: Props) {
  const { state, change } = useElsewhere(commands);
  const lists = useLists(fetch);
  return (
    <SidePanel title="Other networks" part="accounts" state={state}>
      {(side, busy) => <Side {...{ commands, fetch, side, lists, busy, change }} />}
    </SidePanel>
  );
}

interface SideProps extends Required<Props> {
  side: ElsewhereSide;
  lists: Lists;
  busy: boolean;
  change: SideOf<ElsewhereSide>['change'];
}

function Side({ commands, fetch, side, lists, busy, change }: SideProps) {
  const { accounts, networks, watches, left, most } = side;
  const joined = networks.flatMap((network) => {
    const account = accounts.find(({ provider }) => provider === network.provider)?.account;
    return account ? [{ network, account }] : [];
  });
  const reread = () => change(() => Promise.resolve());
  const connect = async (network: RemoteNetwork, owner: Person, token?: string) => {
    const { provider } = network;
    const account = owner.id;
    const given = token === undefined ? {} : { token };
    await commands.connectAccount(provider, { account, ...given });
    lists.take({ network, account, owner, ...(LIST_READERS[provider].listNeedsToken ? given : {}) });
    reread();
  };
  const watch = async (provider: RemoteProvider, subjects: readonly string[]) => {
    await commands.watchElsewhere(provider, subjects);
    reread();
  };
  return (
    <>
      {accounts.map((one) => (
        <AccountLine
          key={one.provider}
          account={one}
          owner={ownerIn(lists, one)}
          busy={busy}
          onDisconnect={() => {
            lists.forget(one.provider);
            change(() => commands.disconnectAccount(one.provider));
          }}
        />
      ))}
      {networks.length === 0 ? (
        <p className="quiet">No other network is asked from here, so no account can be connected.</p>
      ) : (
        <AccountForm networks={networks} first={firstOf(side).provider} busy={busy} fetch={fetch} onConnect={connect} />
      )}
      <WatchedList
        commands={commands}
        watches={watches}
        joined={new Set(joined.map(({ network }) => network.provider))}
        nameOf={({ provider, subject }) => nameIn(lists, provider, subject)}
        busy={busy}
        change={change}
      />
      {joined.map(({ network, account }) => (
        <Chooser
          key={`${network.provider} ${account}`}
          network={network}
          account={account}
          lists={lists}
          watched={new Set(watches.flatMap((one) => (one.provider === network.provider ? [one.subject] : [])))}
          left={left}
          most={most}
          busy={busy}
          onWatch={(subjects) => watch(network.provider, subjects)}
        />
      ))}
      {joined.length > 0 && (
        <WatchForm
          providers={joined.map(({ network }) => network.provider)}
          busy={busy}
          onWatch={(provider, subject) => watch(provider, [subject])}
        />
      )}
    </>
  );
}

/** Where an account was lost, else where there is none yet, else any. */
function firstOf({ networks, accounts }: ElsewhereSide): RemoteNetwork {
  const accountIn = (network: RemoteNetwork) => accounts.find(({ provider }) => provider === network.provider);
  return (
    networks.find((one) => accountIn(one)?.account === null) ?? networks.find((one) => !accountIn(one)) ?? networks[0]!
  );
}

function ownerIn(lists: Lists, { provider, account }: AccountView): Person | undefined {
  const list = lists.of(provider);
  return list?.account === account ? list.owner : undefined;
}

function nameIn(lists: Lists, provider: RemoteProvider, subject: string): string | undefined {
  const list = lists.of(provider);
  return list?.t === 'taken' ? list.people.find(({ id }) => id === subject)?.name : undefined;
}
