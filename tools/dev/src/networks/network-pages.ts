import type { RemoteProvider } from '@groundswell/protocol';
import { DEMO_MEMBERS } from '../audience/community.js';
import { escaped, htmlPage, htmlTable } from '../portal/html.js';
import type { Follower, Networks } from './networks.js';
import { STATUSES, type RemoteAccount } from './remote-world.js';

/** Address of the first page; one for each account is below it. */
export const HOME = '/dev/networks';
/** What is no status, in a form. */
export const NONE = '-';

/** What a button says, by what is the case. */
const WORDS: Readonly<Record<RemoteProvider, { end: string; begin: string; all: string }>> = {
  bluesky: { end: 'stops following', begin: 'follows again', all: 'followers' },
  mastodon: { end: 'stops following', begin: 'follows again', all: 'followers' },
  graph: { end: 'is no longer a friend', begin: 'is a friend again', all: 'friends' },
};

/** Accounts to connect, and what the demo members do to each other. */
export function homePage(networks: Networks): string {
  return htmlPage('Other networks', home(networks));
}

/** Everybody who follows an account, or did. */
export function accountPage(account: RemoteAccount, networks: Networks): string {
  return htmlPage(`${nameOf(account)} on ${account.network}`, list(account, networks.followers(account)));
}

export function addressOf({ network, member }: RemoteAccount): string {
  return `${HOME}/${network}/${encodeURIComponent(member)}`;
}

function home(networks: Networks): string {
  if (networks.accounts.length === 0) {
    return '<p>Nobody is in the other networks. <code>npm start</code> without <code>--empty</code> has some people there.</p>';
  }
  const sections = DEMO_MEMBERS.map(({ id: member, name }) => {
    const own = networks.accounts.filter((account) => account.member === member);
    const rows = own.map((account) => ({ cells: accountCells(account, networks) }));
    const heads = ['Network', 'Account', 'Token', 'Who follows'];
    return `<h2>${escaped(name)}</h2>${htmlTable(heads, rows)}`;
  });
  return (
    '<p>These stand for three networks, on this machine. Sign in as one of the three, connect an account with what is ' +
    'here, watch somebody, and change it. They are looked at every quarter of an hour, and what two looks have seen is ' +
    'in the next letter about other networks, at the hour that is set under Letters.</p>' +
    sections.join('')
  );
}

function accountCells(account: RemoteAccount, networks: Networks): string[] {
  const { network, id, handle, token } = account;
  const followers = networks.followers(account);
  const known = followers
    .filter((follower) => networks.accounts.some((other) => other.id === follower.id))
    .map((follower) => `${escaped(follower.name)} ${button(account, follower, 'home')}`);
  const count = followers.filter(({ follows }) => follows).length;
  const all = `<a href="${addressOf(account)}">all ${count} ${WORDS[network].all}</a>`;
  const shown = network === 'bluesky' ? `<code>${escaped(handle)}</code><br>` : '';
  return [
    escaped(network),
    `${shown}<code>${escaped(id)}</code>`,
    token === undefined ? 'none is needed' : `<code>${escaped(token)}</code>`,
    [...known, all].join('<br>'),
  ];
}

function list(account: RemoteAccount, followers: readonly Follower[]): string {
  const hasStatus = account.network === 'graph';
  const rows = followers.map((follower) => ({
    id: follower.id,
    cells: [
      escaped(follower.name),
      escaped(follower.handle),
      `<code>${escaped(follower.id)}</code>`,
      ...(hasStatus ? [statusForm(account, follower)] : []),
      button(account, follower, 'list'),
    ],
  }));
  const heads = ['Name', 'Handle', 'Id', ...(hasStatus ? ['Status'] : []), ''];
  const told = hasStatus ? ' · Members who watch somebody here are told of the status, and not of friendships.' : '';
  return `<p><a href="${HOME}">all accounts</a>${told}</p>${htmlTable(heads, rows)}`;
}

function button(account: RemoteAccount, { id, name, follows }: Follower, to: 'home' | 'list'): string {
  const { begin, end } = WORDS[account.network];
  const fields = hidden({ id, follows: String(!follows), to });
  const word = follows ? end : begin;
  const press = `<button aria-label="${escaped(name)} ${word}">${word}</button>`;
  return `<form method="post" action="${addressOf(account)}">${fields}${press}</form>`;
}

function statusForm(account: RemoteAccount, { id, name, status }: Follower): string {
  const options = [NONE, ...STATUSES].map((one) => {
    const isIt = one === (status ?? NONE) ? ' selected' : '';
    return `<option value="${escaped(one)}"${isIt}>${one === NONE ? 'not told' : escaped(one)}</option>`;
  });
  const select = `<select name="status" aria-label="Status of ${escaped(name)}">${options.join('')}</select>`;
  return `<form method="post" action="${addressOf(account)}">${hidden({ id })}${select} <button>set</button></form>`;
}

function hidden(fields: Record<string, string>): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`,
  );
  return inputs.join('');
}

function nameOf({ member }: RemoteAccount): string {
  return DEMO_MEMBERS.find(({ id }) => id === member)?.name ?? member;
}
