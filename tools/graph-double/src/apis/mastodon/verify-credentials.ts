import { json } from '../../answer.js';
import { defaultHandle } from '../../profile.js';
import { editSole, type Route } from '../dialect.js';
import { account } from './account.js';
import { refused } from './refused.js';

/** `GET /api/v1/accounts/verify_credentials` */
export const verifyCredentials: Route = {
  path: /^\/api\/v1\/accounts\/verify_credentials$/,
  answer: ({ token, world }) => {
    const id = world.owner(token ?? '');
    if (id === undefined) return refused();
    // To its own token a suspended account is there.
    return json(account(world.profile(id) ?? { id, handle: defaultHandle(id), name: `Member ${id}` }));
  },
  items: {
    edit: (body, change) => editSole(body, change),
    made: (id) => account({ id, handle: `stranger${id}`, name: 'A stranger' }),
    odd: (id) => ({ id: Number(id), acct: null }),
  },
};
