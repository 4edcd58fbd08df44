import { createCommands } from '@groundswell/client';
import type { Commands } from '@groundswell/client';
import type { AccountView, NamedMember, RemoteNetwork, RemoteWatch } from '@groundswell/protocol';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { ElsewherePanel } from '../src/elsewhere/elsewhere-panel.js';
import { NetworkOnPaper, type PaperAnswer } from './network-on-paper.js';

export const NETWORKS: RemoteNetwork[] = (['graph', 'bluesky', 'mastodon'] as const).map((provider) => ({
  provider,
  url: `https://${provider}.example`,
}));

interface World {
  accounts: AccountView[];
  networks: RemoteNetwork[];
  /** Watched in other networks. */
  watches: RemoteWatch[];
  /** Watched here. */
  here: NamedMember[];
  most: number;
  /** By host and path; what is not here is not found. */
  told: Record<string, PaperAnswer | readonly (PaperAnswer | Promise<PaperAnswer>)[]>;
}

/** Draws the panel before a server and networks on paper; gives what was sent to the server, and what the networks were asked. */
export async function drawElsewhere(world: Partial<World> = {}, more: Partial<Commands> = {}) {
  const { accounts = [], networks = NETWORKS, watches = [], here = [], most = 50, told = {} } = world;
  const side = { accounts, watches };
  const sent: unknown[] = [];
  const accept = (...what: unknown[]) => {
    sent.push(what);
    return Promise.resolve({ seq: 1 });
  };
  const commands: Commands = {
    ...createCommands(),
    accounts: () => Promise.resolve({ accounts: side.accounts, networks }),
    watches: () =>
      Promise.resolve({ watches: here.map((one) => ({ ...one, delay: 'none' })), elsewhere: side.watches, most }),
    connectAccount: (provider, body) => {
      side.accounts = [{ provider, account: body.account, reason: null, since: 5 }];
      return accept('connect', provider, body);
    },
    disconnectAccount: (provider) => {
      side.accounts = [];
      return accept('disconnect', provider);
    },
    watchElsewhere: (provider, subjects) => {
      side.watches = [...side.watches, ...subjects.map((subject) => ({ provider, subject, delay: 'none' as const }))];
      return accept('watch', provider, subjects);
    },
    delayElsewhere: (...what) => accept('delay', ...what),
    unwatchElsewhere: (...what) => accept('unwatch', ...what),
    ...more,
  };
  const times = new Map<string, number>();
  const network = new NetworkOnPaper(({ url }) => {
    const address = `${url.host}${url.pathname}`;
    const time = times.get(address) ?? 0;
    times.set(address, time + 1);
    const answers = told[address] ?? { status: 404, body: {} };
    return Array.isArray(answers)
      ? (answers as (PaperAnswer | Promise<PaperAnswer>)[])[time]!
      : (answers as PaperAnswer);
  });
  await act(async () => render(<ElsewherePanel commands={commands} fetch={network.fetch} />));
  return { sent, network };
}

export const press = (name: string | RegExp) => act(async () => fireEvent.click(screen.getByRole('button', { name })));
export const tick = (name: string | RegExp) => act(async () => fireEvent.click(screen.getByRole('checkbox', { name })));
export const write = (label: string | RegExp, value: string) =>
  act(async () => fireEvent.change(screen.getByLabelText(label), { target: { value } }));
export const box = (name: string | RegExp) => screen.getByRole<HTMLInputElement>('checkbox', { name });
export const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });
