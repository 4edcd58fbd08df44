import { REMOTE_ACCOUNT } from '@groundswell/protocol';
import { ask } from './ask.js';
import { ListFault } from './list-fault.js';
import type { ListReader } from './list-reader.js';
import { cursorOf, fieldsOf, idOf, itemsOf, personOf } from './shape.js';
import { takePages } from './take-pages.js';

const WHO = '/xrpc/com.atproto.identity.resolveHandle';
const LIST = '/xrpc/app.bsky.graph.getFollowers';
const HANDLE = /^(?=.{3,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** Who is not found is told with the status of a question that is wrong; handles and ids are checked before. */
const meaning = (status: number) => (status === 400 ? ('unknown_account' as const) : undefined);

/** The public AppView of Bluesky: everything is answered without a token. */
export const bluesky: ListReader = {
  listNeedsToken: false,

  async who(place, given) {
    const account = given.trim();
    if (REMOTE_ACCOUNT.bluesky.test(account)) return personOf(account, undefined);
    const handle = account.replace(/^@/, '').toLowerCase();
    if (!HANDLE.test(handle)) throw new ListFault('not_a_handle');
    const { body } = await ask(place, { path: WHO, query: { handle }, meaning });
    return personOf(idOf('bluesky', fieldsOf(body)['did']), undefined, handle);
  },

  list(place, { account, onCount }) {
    return takePages(async (cursor) => {
      const { body } = await ask(place, { path: LIST, query: { actor: account, limit: '100', cursor }, meaning });
      const page = fieldsOf(body);
      // Somebody else's followers are no answer.
      if (fieldsOf(page['subject'])['did'] !== account) throw new ListFault('unexpected');
      const people = itemsOf(page['followers']).map((item) => {
        const { did, displayName, handle } = fieldsOf(item);
        return personOf(idOf('bluesky', did), displayName, handle);
      });
      return { people, next: page['cursor'] === undefined ? undefined : cursorOf(page['cursor']) };
    }, onCount);
  },
};
