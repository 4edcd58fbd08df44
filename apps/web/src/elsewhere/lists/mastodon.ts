import { ask, tokenOf } from './ask.js';
import type { ListReader } from './list-reader.js';
import type { Person } from './person.js';
import { cursorOf, fieldsOf, idOf, itemsOf, parameterOf, personOf } from './shape.js';
import { takePages } from './take-pages.js';

const WHO = '/api/v1/accounts/verify_credentials';

/** A Mastodon server: who the token is of it tells the token alone, who follows somebody it tells everybody. */
export const mastodon: ListReader = {
  listNeedsToken: false,

  async who(place, given) {
    return accountOf((await ask(place, { path: WHO, token: tokenOf(given) })).body);
  },

  list(place, { account, onCount }) {
    const path = `/api/v1/accounts/${encodeURIComponent(account)}/followers`;
    return takePages(async (after) => {
      const { body, headers } = await ask(place, { path, query: { limit: '80', max_id: after } });
      return { people: itemsOf(body).map(accountOf), next: nextOf(headers.get('link')) };
    }, onCount);
  },
};

function accountOf(value: unknown): Person {
  const { id, display_name: name, acct } = fieldsOf(value);
  return personOf(idOf('mastodon', id), name, acct);
}

const NEXT = /<([^>]*)>\s*;[^,<]*\brel="?next"?/i;

function nextOf(link: string | null): string | undefined {
  const address = NEXT.exec(link ?? '')?.[1];
  return address === undefined ? undefined : cursorOf(parameterOf(address, 'max_id'));
}
