import { json, type Answer } from '../../answer.js';
import { editSole, type Question, type Route } from '../dialect.js';
import { failed, invalid } from './failed.js';
import { isHandle } from './identifier.js';

function answer({ query, world }: Question): Answer {
  const handle = query.get('handle');
  if (handle === null) return invalid('Params must have the property "handle"');
  if (!isHandle(handle)) return invalid('handle must be a valid handle');
  const did = world.resolve(handle);
  // The lexicon has HandleNotFound for this; the AppView says what it says of any wrong request.
  return did === undefined ? failed('InvalidRequest', 'Unable to resolve handle') : json({ did });
}

/** `com.atproto.identity.resolveHandle` */
export const resolveHandle: Route = {
  path: /^\/xrpc\/com\.atproto\.identity\.resolveHandle$/,
  asked: ({ query, world }) => ({ viewer: world.resolve(query.get('handle') ?? ''), ids: [] }),
  answer,
  items: {
    edit: (body, change) => editSole(body, change, 'did'),
    made: (did) => ({ did }),
    odd: () => ({ did: 7 }),
  },
};
