/** @jest-environment jsdom */
import { CommandRefused } from '@groundswell/client';
import { problem, type AccountView } from '@groundswell/protocol';
import { screen } from '@testing-library/react';
import { button, drawElsewhere, press, write } from '../../test/draw-elsewhere.js';

const BLUESKY: AccountView = { provider: 'bluesky', account: 'did:plc:ada', reason: null, since: 5 };
const LOST: AccountView = { provider: 'mastodon', account: null, reason: 'refused', since: 5 };

const WHO = 'mastodon.example/api/v1/accounts/verify_credentials';
const ADA = { body: { id: '7', acct: 'ada', display_name: 'Ada' } };

describe('ElsewherePanel', () => {
  it('connects whose the token is, and keeps it no longer than it must', async () => {
    const { sent, network } = await drawElsewhere({ told: { [WHO]: ADA } });
    await write('Network', 'mastodon');
    expect(screen.getByLabelText<HTMLInputElement>('Token').type).toBe('password');
    await write('Token', ' a-token ');
    await press('Connect');
    expect(sent).toEqual([['connect', 'mastodon', { account: '7', token: 'a-token' }]]);
    expect(screen.getByText('You are Ada (@ada) on Mastodon.')).toBeTruthy();
    expect(screen.getByText('Mastodon: connected as Ada (@ada)')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Token').value).toBe('');
    expect(network.asked.map(({ headers }) => headers['authorization'])).toEqual(['Bearer a-token', undefined]);
  });

  it('finds a handle where no token is needed, and takes a DID as it is', async () => {
    const { sent } = await drawElsewhere({
      told: { 'bluesky.example/xrpc/com.atproto.identity.resolveHandle': { body: { did: 'did:plc:ada' } } },
    });
    await write('Network', 'bluesky');
    expect(screen.queryByLabelText('Token')).toBeNull();
    await write('Your handle', '@ada.example');
    await press('Connect');
    expect(screen.getByText('You are @ada.example on Bluesky.')).toBeTruthy();
    await press('Disconnect Bluesky');
    expect(screen.queryByText(/connected as/)).toBeNull();
    await write('Your handle', 'did:plc:bo');
    await press('Connect');
    expect(sent).toEqual([
      ['connect', 'bluesky', { account: 'did:plc:ada' }],
      ['disconnect', 'bluesky'],
      ['connect', 'bluesky', { account: 'did:plc:bo' }],
    ]);
  });

  it('says whose an account is once the network does, and the id until then', async () => {
    const subject = { did: 'did:plc:ada', handle: 'ada.example', displayName: 'Ada' };
    await drawElsewhere({
      accounts: [BLUESKY],
      told: { 'bluesky.example/xrpc/app.bsky.graph.getFollowers': { body: { subject, followers: [] } } },
    });
    expect(screen.getByText('Bluesky: connected as did:plc:ada')).toBeTruthy();
    await press('Choose whom to watch on Bluesky');
    expect(screen.getByText('Bluesky: connected as Ada (@ada.example)')).toBeTruthy();
  });

  it('sends us nothing when the network does not take the token', async () => {
    const { sent } = await drawElsewhere({ told: { [WHO]: { status: 401, body: {} } } });
    await write('Network', 'mastodon');
    await write('Token', 'a-token');
    await press('Connect');
    expect(screen.getByRole('alert').textContent).toMatch(/does not accept this token/);
    expect([sent, button('Connect').disabled]).toEqual([[], false]);
  });

  it('says what our server refused, and goes on', async () => {
    const refusal = new CommandRefused(problem('network_off', 'Mastodon is not asked from here.'));
    await drawElsewhere({ told: { [WHO]: ADA } }, { connectAccount: () => Promise.reject(refusal) });
    await write('Network', 'mastodon');
    await write('Token', 'a-token');
    await press('Connect');
    expect(screen.getByRole('alert').textContent).toBe('Mastodon is not asked from here.');
    expect(button('Connect').disabled).toBe(false);
  });

  it('says why an account has to be connected again', async () => {
    await drawElsewhere({ accounts: [LOST] });
    expect(screen.getByLabelText<HTMLSelectElement>('Network').value).toBe('mastodon');
    expect(screen.getByText(/does not accept the token any more/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^(Choose|Watch)/ })).toBeNull();
  });

  it('offers the networks that are asked alone', async () => {
    await drawElsewhere({ networks: [{ provider: 'mastodon', url: 'https://mastodon.example' }] });
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['Mastodon']);
  });

  it('lets what there is be taken back where no network is asked', async () => {
    const watches = [{ provider: 'bluesky' as const, subject: 'did:plc:bo', delay: 'none' as const }];
    const { sent } = await drawElsewhere({ accounts: [BLUESKY], watches, networks: [] });
    expect(screen.getByText(/No other network is asked from here/)).toBeTruthy();
    expect(screen.getByText(/You are told nothing from Bluesky/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^(Connect|Choose|Watch)/ })).toBeNull();
    await press('Stop watching did:plc:bo on Bluesky');
    await press('Disconnect Bluesky');
    expect(sent).toEqual([
      ['unwatch', 'bluesky', 'did:plc:bo'],
      ['disconnect', 'bluesky'],
    ]);
  });

  it('watches by id, delays and stops watching', async () => {
    const { sent } = await drawElsewhere({ accounts: [BLUESKY] });
    await write('The id of their account there', ' did:plc:bo ');
    await press('Watch by id');
    expect(screen.getByLabelText<HTMLInputElement>('The id of their account there').value).toBe('');
    await write('When to be told of did:plc:bo on Bluesky', 'day');
    await press('Stop watching did:plc:bo on Bluesky');
    expect(sent).toEqual([
      ['watch', 'bluesky', ['did:plc:bo']],
      ['delay', 'bluesky', 'did:plc:bo', 'day'],
      ['unwatch', 'bluesky', 'did:plc:bo'],
    ]);
  });

  it('says what an id looks like to who gives something else', async () => {
    const refusal = new CommandRefused(problem('invalid_body', 'Correct what is listed in errors.'));
    await drawElsewhere({ accounts: [BLUESKY] }, { watchElsewhere: () => Promise.reject(refusal) });
    await write('The id of their account there', 'bo');
    await press('Watch by id');
    expect(screen.getByRole('alert').textContent).toMatch(/on Bluesky an id is a DID, such as/);
  });

  it('keeps an id that the network does not know, to be corrected', async () => {
    const errors = [{ at: '/subjects/0', message: 'is not known' }];
    const refusal = new CommandRefused(problem('unknown_accounts', 'Correct what is listed in errors.', errors));
    await drawElsewhere({ accounts: [BLUESKY] }, { watchElsewhere: () => Promise.reject(refusal) });
    await write('The id of their account there', 'did:plc:boo');
    await press('Watch by id');
    expect(screen.getByRole('alert').textContent).toBe('Nobody was added: Bluesky does not know did:plc:boo.');
    expect(screen.getByLabelText<HTMLInputElement>('The id of their account there').value).toBe('did:plc:boo');
  });
});
