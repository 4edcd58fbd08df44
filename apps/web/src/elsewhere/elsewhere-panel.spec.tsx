/** @jest-environment jsdom */
import { CommandRefused, createCommands } from '@groundswell/client';
import type { Commands } from '@groundswell/client';
import { problem, type AccountView, type RemoteWatch } from '@groundswell/protocol';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { ElsewherePanel } from './elsewhere-panel.js';

const BLUESKY: AccountView = { provider: 'bluesky', account: 'did:plc:ada', reason: null, since: 5 };
const LOST: AccountView = { provider: 'mastodon', account: null, reason: 'refused', since: 5 };

/** Draws the panel before a server on paper; returns what was sent. */
async function draw(
  { accounts = [], watches = [] }: { accounts?: AccountView[]; watches?: RemoteWatch[] } = {},
  more: Partial<Commands> = {},
) {
  const side = { accounts, watches };
  const sent: unknown[] = [];
  const accept = (...what: unknown[]) => {
    sent.push(what);
    return Promise.resolve({ seq: 1 });
  };
  const commands: Commands = {
    ...createCommands(),
    accounts: () => Promise.resolve({ accounts: side.accounts }),
    watches: () => Promise.resolve({ watches: [], elsewhere: side.watches, most: 2 }),
    connectAccount: (provider, body) => {
      side.accounts = [{ provider, account: body.account, reason: null, since: 5 }];
      return accept('connect', provider, body);
    },
    disconnectAccount: (provider) => {
      side.accounts = [];
      return accept('disconnect', provider);
    },
    watchElsewhere: (provider, subject) => {
      side.watches = [{ provider, subject, delay: 'none' }];
      return accept('watch', provider, subject);
    },
    delayElsewhere: (...what) => accept('delay', ...what),
    unwatchElsewhere: (...what) => accept('unwatch', ...what),
    ...more,
  };
  await act(async () => render(<ElsewherePanel commands={commands} />));
  return sent;
}

const press = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })));
const write = (label: string | RegExp, value: string) =>
  act(async () => fireEvent.change(screen.getByLabelText(label), { target: { value } }));

describe('ElsewherePanel', () => {
  it('connects an account with a token, which it keeps no longer than it must', async () => {
    const sent = await draw();
    await write('Network', 'mastodon');
    await write(/^The id of your account/, ' 7 ');
    await write('Token', 'a-token');
    expect((screen.getByLabelText('Token') as HTMLInputElement).type).toBe('password');
    await press('Connect');
    expect(sent).toEqual([['connect', 'mastodon', { account: '7', token: 'a-token' }]]);
    expect(screen.getByText('Mastodon: connected as 7')).toBeTruthy();
    expect((screen.getByLabelText('Token') as HTMLInputElement).value).toBe('');
  });

  it('asks for no token where none is needed', async () => {
    const sent = await draw();
    expect(screen.queryByLabelText('Token')).toBeNull();
    await write(/^Your DID/, 'did:plc:ada');
    await press('Connect');
    expect(sent).toEqual([['connect', 'bluesky', { account: 'did:plc:ada' }]]);
    await press('Disconnect Bluesky');
    expect(sent.slice(1)).toEqual([['disconnect', 'bluesky']]);
    expect(screen.queryByText(/connected as/)).toBeNull();
  });

  it('says why an account has to be connected again', async () => {
    await draw({ accounts: [LOST] });
    expect(screen.getByText(/does not accept the token any more/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Watch' })).toBeNull();
  });

  it('watches, delays and stops watching accounts there', async () => {
    const sent = await draw({ accounts: [BLUESKY] });
    await write('The id of their account there', 'did:plc:bo');
    await press('Watch');
    await write('When to be told of did:plc:bo on Bluesky', 'day');
    await press('Stop watching did:plc:bo on Bluesky');
    expect(sent).toEqual([
      ['watch', 'bluesky', 'did:plc:bo'],
      ['delay', 'bluesky', 'did:plc:bo', 'day'],
      ['unwatch', 'bluesky', 'did:plc:bo'],
    ]);
  });

  it('says what was refused, and goes on', async () => {
    const refusal = new CommandRefused(problem('invalid_body', 'Correct what is listed in errors.'));
    await draw({}, { connectAccount: () => Promise.reject(refusal) });
    await write(/^Your DID/, 'ada');
    await press('Connect');
    expect(screen.getByRole('alert').textContent).not.toBe('');
    expect((screen.getByRole('button', { name: 'Connect' }) as HTMLButtonElement).disabled).toBe(false);
  });
});
