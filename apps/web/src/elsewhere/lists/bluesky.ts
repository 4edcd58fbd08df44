import { REMOTE_ACCOUNT } from '@groundswell/protocol';
import { ask } from './ask.js';
import { ListFault } from './list-fault.js';
import type { ListReader } from './list-reader.js';
import type { Person } from './person.js';
import { cursorOf, fieldsOf, idOf, itemsOf, personOf, type Fields } from './shape.js';
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

  async list(place, { account, onCount }) {
    let owner: Person | undefined;
    const list = await takePages(async (cursor) => {
      const { body } = await ask(place, { path: LIST, query: { actor: account, limit: '100', cursor }, meaning });
      const page = fieldsOf(body);
      // Somebody else's followers are no answer.
      const subject = fieldsOf(page['subject']);
      if (subject['did'] !== account) throw new ListFault('unexpected');
      owner = accountOf(subject);
      const people = itemsOf(page['followers']).map((item) => accountOf(fieldsOf(item)));
      return { people, next: page['cursor'] === undefined ? undefined : cursorOf(page['cursor']) };
    }, onCount);
    return owner ? { ...list, owner } : list;
  },
};

function accountOf({ did, displayName, handle }: Fields): Person {
  return personOf(idOf('bluesky', did), displayName, handle);
}
