/** Other networks in which members can watch, and who they are there. */
import type { WatchDelay } from './relationship.js';

export const REMOTE_PROVIDERS = ['graph', 'bluesky', 'mastodon'] as const;
export type RemoteProvider = (typeof REMOTE_PROVIDERS)[number];

/** How a network names accounts, those of members and those that they watch alike. */
export const REMOTE_ACCOUNT: Readonly<Record<RemoteProvider, RegExp>> = {
  graph: /^\d{1,20}$/,
  bluesky: /^did:[a-z]+:[A-Za-z0-9._:%-]{1,200}$/,
  mastodon: /^[A-Za-z0-9]{1,64}$/,
};

/** What answers members themselves alone needs a token of theirs; of a public network none is taken. */
export const NEEDS_TOKEN: Readonly<Record<RemoteProvider, boolean>> = { graph: true, bluesky: false, mastodon: true };

/** A token, as it goes into a header: 1–4096 visible ASCII characters. */
export const ACCOUNT_TOKEN = /^[\x21-\x7e]{1,4096}$/;

/** Why nothing can be asked in a member's name any more: the account is gone, the token is somebody else's, or it is refused. */
export type AccountLoss = 'no_account' | 'other_account' | 'refused';

/** Who a member is in another network, without the token. */
export interface AccountView {
  provider: RemoteProvider;
  /** Null: it has to be connected again, because of `reason`. */
  account: string | null;
  reason: AccountLoss | null;
  /** Unix milliseconds. */
  since: number;
}

/** A network that is asked from here. */
export interface RemoteNetwork {
  provider: RemoteProvider;
  /** Base address without a slash at its end, at which a browser takes a member's lists itself. */
  url: string;
}

/** `GET /v1/accounts`. */
export interface AccountsView {
  accounts: AccountView[];
  /** In which accounts can be connected. */
  networks: RemoteNetwork[];
}

/** Accounts that `POST /v1/watches/{provider}` takes at a time. */
export const CHOSEN_MAX = 25;

/** `POST /v1/watches/{provider}`: all of them or none. */
export interface ChosenBody {
  /** As the network names them, 1 to `CHOSEN_MAX`; those that are watched already are left as they are. */
  subjects: string[];
}

/** `PUT /v1/accounts/{provider}`. */
export interface AccountBody {
  /** As the network names it: see `REMOTE_ACCOUNT`. */
  account: string;
  /** Where `NEEDS_TOKEN` says so, and nowhere else. */
  token?: string;
}

/** Somebody in another network whom a member watches. */
export interface RemoteWatch {
  provider: RemoteProvider;
  /** As the network names them. */
  subject: string;
  delay: WatchDelay;
}
