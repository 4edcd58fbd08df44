import { json, type Answer } from '../answer.js';
import { pageOf } from '../paging.js';
import { isFields, type Dialect, type Fields, type Question } from './dialect.js';

const PATH = '/xrpc/app.bsky.graph.getRelationships';
const OTHERS_MOST = 30;

const failed = (error: string, message: string, status = 400): Answer => json({ error, message }, status);

function item(did: string, follows: boolean) {
  const followedBy = follows ? { followedBy: `at://${did}/app.bsky.graph.follow/3kdouble` } : {};
  return { $type: 'app.bsky.graph.defs#relationship', did, ...followedBy };
}

function answer({ path, query, world, pageSize }: Question): Answer {
  if (path !== PATH) return failed('MethodNotImplemented', 'Method Not Implemented', 501);
  const actor = query.get('actor');
  if (actor === null) return failed('InvalidRequest', 'Error: Params must have the property "actor"');
  const others = query.getAll('others');
  if (others.length > OTHERS_MOST) {
    return failed('InvalidRequest', `Error: others must not have more than ${OTHERS_MOST} elements`);
  }
  if (!world.has(actor)) return failed('ActorNotFound', `Actor not found: ${actor}`);
  const { items, next } = pageOf(others, { cursor: query.get('cursor'), size: pageSize });
  const relationships = items.flatMap((did): unknown[] => {
    const view = world.view(actor, did);
    switch (view.kind) {
      case 'shown':
        return [item(did, view.follows)];
      case 'hidden':
        return [{ ...item(did, false), blockedBy: `at://${did}/app.bsky.graph.block/3kdouble` }];
      case 'gone':
        return [{ $type: 'app.bsky.graph.defs#notFoundActor', actor: did, notFound: true }];
      case 'silent':
        return [];
    }
  });
  return json({ actor, relationships, ...(next === undefined ? {} : { cursor: next }) });
}

/** `app.bsky.graph.getRelationships` of a public AppView. */
export const bluesky: Dialect = {
  asked: ({ path, query }) =>
    path === PATH ? { viewer: query.get('actor') ?? undefined, ids: query.getAll('others') } : undefined,
  answer,
  refused: () => failed('AuthMissing', 'Authentication Required', 401),
  tooMany: () => failed('RateLimitExceeded', 'Rate Limit Exceeded', 429),
  limitHeaders: ({ limit, remaining, resetAt }) => ({
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(Math.ceil(resetAt / 1000)),
    'ratelimit-policy': `${limit};w=300`,
  }),
  edit: (body, change) => {
    if (!isFields(body) || !Array.isArray(body['relationships'])) return body;
    const items = (body['relationships'] as Fields[]).map((entry) => ({
      id: String(entry['did'] ?? entry['actor']),
      item: entry,
    }));
    return { ...body, relationships: change(items).map(({ item: edited }) => edited) };
  },
  item,
  oddItem: (did) => ({ $type: 'app.bsky.graph.defs#entanglement', did }),
  stranger: (number) => `did:web:stranger-${number}.example`,
  readdress: (body) => (isFields(body) ? { ...body, actor: 'did:web:somebody-else.example' } : body),
};
