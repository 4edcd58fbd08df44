/** @jest-environment jsdom */
import type { AccountView } from '@groundswell/protocol';
import { screen } from '@testing-library/react';
import type { PaperAnswer } from '../../test/network-on-paper.js';
import { box, drawElsewhere, press, tick, write } from '../../test/draw-elsewhere.js';

const MASTODON: AccountView = { provider: 'mastodon', account: '7', reason: null, since: 5 };
const GRAPH: AccountView = { provider: 'graph', account: '7', reason: null, since: 5 };
const FOLLOWERS = 'mastodon.example/api/v1/accounts/7/followers';
const FRIENDS = 'graph.example/7/friends';
const BO = { id: '8', acct: 'bo', display_name: 'Bo Brandt' };

describe('Chooser', () => {
  it('takes the list in the browser when asked to, and sends the chosen ids alone', async () => {
    const { sent, network } = await drawElsewhere({ accounts: [MASTODON], told: { [FOLLOWERS]: { body: [BO] } } });
    expect(network.asked).toEqual([]);
    await press('Choose whom to watch on Mastodon');
    expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Choose whom to watch on Mastodon' }));
    await tick(/Bo Brandt/);
    await press('Watch 1 account');
    expect(sent).toEqual([['watch', 'mastodon', ['8']]]);
    expect([box(/Bo Brandt/).checked, box(/Bo Brandt/).disabled]).toEqual([true, true]);
    expect(screen.getByText('Bo Brandt on Mastodon').previousElementSibling?.textContent).toBe('BB');
  });

  it('keeps a list that was taken, and its names, when it is closed', async () => {
    const watches = [{ provider: 'mastodon' as const, subject: '8', delay: 'none' as const }];
    const told = { [FOLLOWERS]: { body: [BO] } };
    const { network } = await drawElsewhere({ accounts: [MASTODON], watches, told });
    expect(screen.getByText('8 on Mastodon')).toBeTruthy();
    expect(screen.getByText(/We keep no names/)).toBeTruthy();
    await press('Choose whom to watch on Mastodon');
    await press('Close the list of Mastodon');
    expect(screen.queryByText(/We keep no names/)).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Choose whom to watch on Mastodon' }));
    expect(screen.getByText('Bo Brandt on Mastodon')).toBeTruthy();
    await press('Choose whom to watch on Mastodon');
    expect([box(/Bo Brandt/).checked, network.asked.length]).toEqual([true, 1]);
  });

  it('says how far it is, and ends when it is cancelled', async () => {
    const next = '<https://mastodon.example/?max_id=3>; rel="next"';
    const never = new Promise<PaperAnswer>(() => undefined);
    const told = { [FOLLOWERS]: [{ body: [BO], link: next }, never] };
    const { network } = await drawElsewhere({ accounts: [MASTODON], told });
    await press('Choose whom to watch on Mastodon');
    expect(screen.getByText('Your browser reads your list: 1 so far')).toBeTruthy();
    await press('Close the list of Mastodon');
    expect(network.asked.at(-1)!.init.signal!.aborted).toBe(true);
    expect(screen.queryByText(/Your browser reads/)).toBeNull();
  });

  it('says why there is no list, and reads it again', async () => {
    const told = { [FOLLOWERS]: [{ status: 429, body: {} }, { body: [BO] }] };
    await drawElsewhere({ accounts: [MASTODON], told });
    await press('Choose whom to watch on Mastodon');
    expect(screen.getByRole('alert').textContent).toMatch(/wants to be asked less often/);
    await press('Read my list again');
    expect(box(/Bo Brandt/).checked).toBe(false);
  });

  it('takes a list that needs the token right after connecting', async () => {
    const { sent, network } = await drawElsewhere({
      told: {
        'graph.example/me': { body: { id: '7', name: 'Ada' } },
        [FRIENDS]: { body: { data: [{ id: '8', name: 'Bo Brandt' }] } },
      },
    });
    await write('Network', 'graph');
    await write('Token', 'a-token');
    await press('Connect');
    expect(screen.getByText('You are Ada on Graph.')).toBeTruthy();
    expect(box('Bo Brandt').checked).toBe(false);
    expect(sent).toEqual([['connect', 'graph', { account: '7', token: 'a-token' }]]);
    expect(network.asked.map(({ headers }) => headers['authorization'])).toEqual(['Bearer a-token', 'Bearer a-token']);
  });

  it('asks for the token again later, for the list alone', async () => {
    const told = { [FRIENDS]: { body: { data: [{ id: '8', name: 'Bo Brandt' }] } } };
    const { sent, network } = await drawElsewhere({ accounts: [GRAPH], told });
    await press('Choose whom to watch on Graph');
    expect(screen.getByText(/It is not sent to us/)).toBeTruthy();
    await write('Token for your list on Graph', 'a-token');
    await press('Read my list');
    expect(box('Bo Brandt').checked).toBe(false);
    expect(network.asked[0]!.headers['authorization']).toBe('Bearer a-token');
    expect(sent).toEqual([]);
    expect(document.body.innerHTML).not.toContain('a-token');
  });

  it('asks for another token when that one was not taken', async () => {
    const refused = { status: 400, body: { error: { code: 190 } } };
    await drawElsewhere({ accounts: [GRAPH], told: { [FRIENDS]: refused } });
    await press('Choose whom to watch on Graph');
    await write('Token for your list on Graph', 'a-token');
    await press('Read my list');
    expect(screen.getByRole('alert').textContent).toMatch(/does not accept this token/);
    expect(screen.getByLabelText<HTMLInputElement>('Token for your list on Graph').value).toBe('');
  });
});
