import { json, type Answer } from '../../answer.js';
import { pageAfter, pageSize } from '../../paging.js';
import type { Profile } from '../../profile.js';
import type { World } from '../../world.js';
import { editList, isFields, type Question, type Route } from '../dialect.js';
import { failed, invalid } from './failed.js';
import { isDid, isHandle } from './identifier.js';

const LIMIT = { least: 1, most: 100, default: 50 };

function profileView({ id, handle, name }: Profile) {
  return { did: id, handle, displayName: name };
}

/** An actor is named by DID or handle. */
function didOf(actor: string, world: World): string | undefined {
  return isDid(actor) ? actor : world.resolve(actor);
}

function answer({ query, world, pageSize: setting }: Question): Answer {
  const actor = query.get('actor');
  if (actor === null) return invalid('Params must have the property "actor"');
  if (!isDid(actor) && !isHandle(actor)) return invalid('actor must be a valid did or a handle');
  const limit = Math.trunc(Number(query.get('limit') ?? LIMIT.default)) || 0;
  if (limit < LIMIT.least) return invalid(`limit can not be less than ${LIMIT.least}`);
  if (limit > LIMIT.most) return invalid(`limit can not be greater than ${LIMIT.most}`);
  const subject = world.profile(didOf(actor, world) ?? '');
  if (!subject) return failed('InvalidRequest', `Actor not found: ${actor}`);
  const { items, isFull } = pageAfter(world.followers(subject.id), {
    after: Number(query.get('cursor') ?? 0),
    size: pageSize(limit, setting),
  });
  return json({
    subject: profileView(subject),
    followers: items.map(({ id }) => profileView(world.profile(id)!)),
    ...(isFull ? { cursor: String(items.at(-1)!.place) } : {}),
  });
}

/** `app.bsky.graph.getFollowers` */
export const followers: Route = {
  path: /^\/xrpc\/app\.bsky\.graph\.getFollowers$/,
  asked: ({ query, world }) => ({ viewer: didOf(query.get('actor') ?? '', world), ids: [] }),
  answer,
  items: {
    edit: (body, change) =>
      isFields(body) && Array.isArray(body['followers'])
        ? { ...body, followers: editList(body['followers'], change, ['did']) }
        : body,
    made: (did) => profileView({ id: did, handle: 'stranger.example', name: 'A stranger' }),
    odd: (did) => ({ did, handle: 7, displayName: null }),
    readdress: (body) =>
      isFields(body)
        ? { ...body, subject: { did: 'did:web:somebody-else.example', handle: 'somebody-else.example' } }
        : body,
  },
};
