import type { Commands } from '@groundswell/client';
import type { RemoteProvider, RemoteWatch, WatchDelay } from '@groundswell/protocol';
import { MemberList } from '../friends/member-list.js';
import { DELAY_NAMES } from '../relationship/status-names.js';
import type { ElsewhereSide } from './use-elsewhere.js';
import type { Side } from '../side/use-side.js';
import { NETWORK_NAMES } from './networks.js';

interface Props {
  commands: Commands;
  watches: readonly RemoteWatch[];
  /** What a list calls somebody; undefined: no list that is here does. */
  nameOf: (watch: RemoteWatch) => string | undefined;
  /** Where the viewer has an account that can be asked. */
  joined: ReadonlySet<RemoteProvider>;
  busy: boolean;
  change: Side<ElsewhereSide>['change'];
}

/** Whom the viewer watches in other networks. */
export function WatchedList({ commands, watches, nameOf, joined, busy, change }: Props) {
  const listed = watches.map((watch) => ({
    id: idOf(watch),
    name: nameOf(watch) ?? watch.subject,
    network: NETWORK_NAMES[watch.provider],
  }));
  const watchOf = (id: string): RemoteWatch => watches.find((watch) => idOf(watch) === id)!;
  const idle = [...new Set(watches.map(({ provider }) => provider))].filter((provider) => !joined.has(provider));
  const isNameless = watches.some((watch) => nameOf(watch) === undefined);
  if (watches.length === 0) return null;
  return (
    <div className="watched">
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
      {isNameless && (
        <p className="quiet">We keep no names: your browser shows those on your list once it has read it.</p>
      )}
      {idle.map((provider) => (
        <p key={provider} className="quiet">
          You are told nothing from {NETWORK_NAMES[provider]} while your account there is not connected.
        </p>
      ))}
    </div>
  );
}

/** No network is named with a blank, and no account. */
function idOf({ provider, subject }: RemoteWatch): string {
  return `${provider} ${subject}`;
}
