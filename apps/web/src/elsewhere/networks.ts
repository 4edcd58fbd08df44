import type { AccountLoss, RemoteProvider } from '@groundswell/protocol';

export const NETWORK_NAMES: Readonly<Record<RemoteProvider, string>> = {
  graph: 'Graph',
  bluesky: 'Bluesky',
  mastodon: 'Mastodon',
};

/** What an account is called there: people know their handle, and it is not that. */
export const ACCOUNT_HINTS: Readonly<Record<RemoteProvider, string>> = {
  graph: 'The number of your account',
  bluesky: 'Your DID, such as did:plc:abc123',
  mastodon: 'The id of your account on its server, not your handle',
};

export const LOSSES: Readonly<Record<AccountLoss, string>> = {
  no_account: 'This account is not there any more. Connect it again, or another one.',
  other_account: 'The token was for another account. Connect it again with a token of your own.',
  refused: 'The network does not accept the token any more. Connect your account again.',
};
