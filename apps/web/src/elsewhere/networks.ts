import type { AccountLoss, RemoteProvider } from '@groundswell/protocol';
import type { Fetch } from './lists/list-reader.js';
import type { Person } from './lists/person.js';

export const NETWORK_NAMES: Readonly<Record<RemoteProvider, string>> = {
  graph: 'Graph',
  bluesky: 'Bluesky',
  mastodon: 'Mastodon',
};

/** What the id of an account looks like, for a person. */
export const ID_FORMS: Readonly<Record<RemoteProvider, string>> = {
  graph: 'digits alone',
  bluesky: 'a DID, such as did:plc:ewvi7nxzyoun6zhxrhs64oiz',
  mastodon: 'letters and digits alone, and not the handle',
};

/** The browser's own, as it is at the time of a question. */
export const systemFetch: Fetch = (url, init) => globalThis.fetch(url, init);

export const LOSSES: Readonly<Record<AccountLoss, string>> = {
  no_account: 'This account is not there any more. Connect it again, or another one.',
  other_account: 'The token was for another account. Connect it again with a token of your own.',
  refused: 'The network does not accept the token any more. Connect your account again.',
};

/** Name and handle, or the one that there is. */
export function calledOf({ name, handle }: Person): string {
  if (handle === undefined) return name;
  return handle === name ? `@${handle}` : `${name} (@${handle})`;
}
