import type { Person } from './person.js';

/** What is used of an answer. */
export interface NetworkAnswer {
  status: number;
  headers: { get: (name: string) => string | null };
  /** Absent where an answer is there at once. */
  body?: ReadableStream<Uint8Array> | null;
  text: () => Promise<string>;
}

/** The browser's, or what stands in for it. */
export type Fetch = (url: string, init: RequestInit) => Promise<NetworkAnswer>;

/** Where a network is asked, and how. */
export interface Place {
  /** Base address without a slash at its end. */
  url: string;
  fetch: Fetch;
  /** Ends all that is under way; what is awaited is then rejected with its reason. */
  signal: AbortSignal;
}

export interface Wanted {
  /** Whose list. */
  account: string;
  /** Where `listNeedsToken` says so. */
  token?: string;
  /** Hears after each page how many there are so far. */
  onCount?: (count: number) => void;
}

export interface PeopleList {
  /** Each once, in the order of the network. */
  people: Person[];
  /** There are more than are taken. */
  cut: boolean;
  /** Whose it is, where the network says so with the list. */
  owner?: Person;
}

/** How the browser asks one network, without our server. Rejects with a `ListFault`, or with the reason of the signal. */
export interface ListReader {
  /** Whether the network shows a list only to whom it is of. */
  listNeedsToken: boolean;
  /** Who the viewer is there, by what they know: a handle or an id in a public network, else a token. */
  who: (place: Place, given: string) => Promise<Person>;
  /** Those of whom the network tells the viewer something. */
  list: (place: Place, wanted: Wanted) => Promise<PeopleList>;
}
