import { json, type Answer } from '../../answer.js';
import { pageAfter, pageSize } from '../../paging.js';
import { editList, type Question, type Route } from '../dialect.js';
import { account } from './account.js';

const PATH = /^\/api\/v1\/accounts\/([A-Za-z\d]+)\/followers$/;
const LIMIT = { most: 80, default: 40 };

/** Pages are cut by the ids of the followings, which are nobody's account: the newest first, numbers going down. */
const NEWEST = 10_000_000;
const followId = (place: number): number => NEWEST - place;

function ofPath(path: string): string {
  return PATH.exec(path)?.[1] ?? '';
}

function answer({ path, query, world, pageSize: setting, base }: Question): Answer {
  const id = ofPath(path);
  if (!world.has(id)) return json({ error: 'Record not found' }, 404);
  const asked = query.get('limit');
  const limit = asked === null ? LIMIT.default : Math.min(Math.abs(Math.trunc(Number(asked))) || 0, LIMIT.most);
  const maxId = query.get('max_id');
  // A suspended account has a list, without anybody in it.
  const all = world.profile(id) ? world.followers(id) : [];
  const { items, isFull } = pageAfter(all, {
    after: maxId === null ? 0 : NEWEST - (Number(maxId) || 0),
    size: pageSize(limit, setting),
  });
  const [first, last] = [items[0], items.at(-1)];
  const address = (name: string, place: number): string => {
    const pairs = new URLSearchParams(asked === null ? {} : { limit: asked });
    pairs.set(name, String(followId(place)));
    return `<${base}${path}?${pairs.toString()}>`;
  };
  const links = [
    ...(isFull && last ? [`${address('max_id', last.place)}; rel="next"`] : []),
    ...(first ? [`${address('since_id', first.place)}; rel="prev"`] : []),
  ];
  const headers: Record<string, string> = links.length === 0 ? {} : { link: links.join(', ') };
  return json(
    items.map((follower) => account(world.profile(follower.id)!)),
    200,
    headers,
  );
}

/** `GET /api/v1/accounts/{id}/followers`, for anybody; a token changes nothing. */
export const followers: Route = {
  path: PATH,
  asked: ({ path }) => ({ viewer: ofPath(path), ids: [] }),
  answer,
  items: {
    edit: (body, change) => (Array.isArray(body) ? editList(body, change) : body),
    made: (id) => account({ id, handle: `stranger${id}`, name: 'A stranger' }),
    odd: (id) => ({ id: Number(id), acct: null }),
  },
};
