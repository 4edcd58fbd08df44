import { json, type Answer } from '../../answer.js';
import { pageOf } from '../../paging.js';
import { editList, isFields, type Question, type Route } from '../dialect.js';
import { failed, invalid } from './failed.js';

const OTHERS_MOST = 30;

function item(did: string, follows: boolean) {
  const followedBy = follows ? { followedBy: `at://${did}/app.bsky.graph.follow/3kdouble` } : {};
  return { $type: 'app.bsky.graph.defs#relationship', did, ...followedBy };
}

function answer({ query, world, pageSize }: Question): Answer {
  const actor = query.get('actor');
  if (actor === null) return invalid('Params must have the property "actor"');
  const others = query.getAll('others');
  if (others.length > OTHERS_MOST) return invalid(`others must not have more than ${OTHERS_MOST} elements`);
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

/** `app.bsky.graph.getRelationships` */
export const relationships: Route = {
  path: /^\/xrpc\/app\.bsky\.graph\.getRelationships$/,
  asked: ({ query }) => ({ viewer: query.get('actor') ?? undefined, ids: query.getAll('others') }),
  answer,
  items: {
    edit: (body, change) =>
      isFields(body) && Array.isArray(body['relationships'])
        ? { ...body, relationships: editList(body['relationships'], change, ['did', 'actor']) }
        : body,
    made: (did) => item(did, true),
    odd: (did) => ({ $type: 'app.bsky.graph.defs#entanglement', did }),
    readdress: (body) => (isFields(body) ? { ...body, actor: 'did:web:somebody-else.example' } : body),
  },
};
