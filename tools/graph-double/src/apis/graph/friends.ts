import { json, type Answer } from '../../answer.js';
import { pageAfter, pageSize } from '../../paging.js';
import { editList, isFields, type Question, type Route } from '../dialect.js';
import { failed, refused } from './failed.js';
import { readFields, user } from './user.js';

const PATH = /^\/([^/]+)\/friends$/;
const LIMIT = { most: 5_000, default: 25 };

function answer({ path, query, token, world, pageSize: setting, base }: Question): Answer {
  const viewer = world.owner(token ?? '');
  if (viewer === undefined) return refused();
  const id = PATH.exec(path)?.[1];
  if (id !== 'me' && id !== viewer) {
    const message = `Unsupported get request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`;
    return failed(100, message, { error_subcode: 33 });
  }
  const fields = readFields(query);
  if ('status' in fields) return fields;
  const limit = Number(query.get('limit') ?? LIMIT.default);
  if (!Number.isInteger(limit) || limit < 1) return failed(100, '(#100) param limit must be a positive integer');
  const friends = world.followers(viewer).filter((follower) => {
    const back = world.view(follower.id, viewer);
    return back.kind === 'shown' && back.follows;
  });
  const size = pageSize(Math.min(limit, LIMIT.most), setting);
  const { items, isFull } = pageAfter(friends, { after: Number(query.get('after') ?? 0), size });
  const data = items.map((friend) => user(world.profile(friend.id)!, fields));
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last) return json({ data });
  const cursors = { before: String(first.place), after: String(last.place) };
  const next = new URLSearchParams({ fields: fields.join(','), limit: String(limit), after: cursors.after });
  return json({ data, paging: { cursors, ...(isFull ? { next: `${base}${path}?${next.toString()}` } : {}) } });
}

/** `GET /{id}/friends`: who follows whom both ways, of the owner of the token. */
export const friends: Route = {
  path: PATH,
  asked: ({ token, world }) => ({ viewer: world.owner(token ?? ''), ids: [] }),
  answer,
  items: {
    edit: (body, change) =>
      isFields(body) && Array.isArray(body['data']) ? { ...body, data: editList(body['data'], change) } : body,
    made: (id) => user({ id, name: 'A stranger' }, ['name']),
    odd: (id) => ({ id: Number(id), name: 7 }),
  },
};
