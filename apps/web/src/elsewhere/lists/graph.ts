import { ask, tokenOf } from './ask.js';
import type { ListFaultCode } from './list-fault.js';
import type { ListReader } from './list-reader.js';
import type { Person } from './person.js';
import { cursorOf, fieldsOf, idOf, isFields, itemsOf, parameterOf, personOf } from './shape.js';
import { takePages } from './take-pages.js';

const FIELDS = 'id,name';

/** The Graph API: it answers members themselves alone, and tells every fault with a code of its own. */
export const graph: ListReader = {
  listNeedsToken: true,

  async who(place, given) {
    const { body } = await ask(place, { path: '/me', query: { fields: FIELDS }, token: tokenOf(given), meaning });
    return accountOf(body);
  },

  async list(place, { account, token: given, onCount }) {
    const path = `/${encodeURIComponent(account)}/friends`;
    const token = tokenOf(given);
    return takePages(async (after) => {
      const { body } = await ask(place, { path, query: { fields: FIELDS, limit: '100', after }, token, meaning });
      const { data, paging } = fieldsOf(body);
      return { people: itemsOf(data).map(accountOf), next: nextOf(paging) };
    }, onCount);
  },
};

function accountOf(value: unknown): Person {
  const { id, name } = fieldsOf(value);
  return personOf(idOf('graph', id), name);
}

/** The last page has cursors too; only `next` says that another follows. */
function nextOf(paging: unknown): string | undefined {
  if (!isFields(paging)) return undefined;
  const { next, cursors } = paging;
  if (typeof next !== 'string') return undefined;
  const after = isFields(cursors) ? cursors['after'] : undefined;
  return cursorOf(after ?? parameterOf(next, 'after'));
}

/** Who asks for an account that is not their own is told that there is none. */
const FAULTS: Readonly<Record<number, ListFaultCode>> = {
  4: 'busy',
  10: 'refused',
  17: 'busy',
  100: 'other_account',
  190: 'refused',
  200: 'refused',
  803: 'other_account',
};

function meaning(_status: number, body: unknown): ListFaultCode | undefined {
  const error = isFields(body) ? body['error'] : undefined;
  return isFields(error) ? FAULTS[Number(error['code'])] : undefined;
}
