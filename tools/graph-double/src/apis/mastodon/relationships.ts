import { json, type Answer } from '../../answer.js';
import { pageOf } from '../../paging.js';
import { editList, type Question, type Route } from '../dialect.js';
import { refused } from './refused.js';

function item(id: string, follows: boolean) {
  return {
    id,
    following: false,
    showing_reblogs: false,
    notifying: false,
    followed_by: follows,
    blocking: false,
    blocked_by: false,
    muting: false,
    requested: false,
    domain_blocking: false,
    endorsed: false,
    note: '',
  };
}

function answer({ path, query, token, world, pageSize }: Question): Answer {
  const viewer = world.owner(token ?? '');
  if (viewer === undefined) return refused();
  const { items, next } = pageOf(query.getAll('id[]'), { cursor: query.get('max_id'), size: pageSize });
  const relationships = items.flatMap((id): unknown[] => {
    const view = world.view(viewer, id);
    switch (view.kind) {
      case 'shown':
        return [item(id, view.follows)];
      case 'hidden':
        return [{ ...item(id, false), blocked_by: true }];
      case 'gone':
      case 'silent':
        return [];
    }
  });
  const link: Record<string, string> =
    next === undefined ? {} : { link: `<https://mastodon.example${path}?max_id=${next}>; rel="next"` };
  return json(relationships, 200, link);
}

/** `GET /api/v1/accounts/relationships` */
export const relationships: Route = {
  path: /^\/api\/v1\/accounts\/relationships$/,
  asked: ({ query, token, world }) => ({ viewer: world.owner(token ?? ''), ids: query.getAll('id[]') }),
  answer,
  items: {
    edit: (body, change) => (Array.isArray(body) ? editList(body, change) : body),
    made: (id) => item(id, true),
    odd: (id) => ({ ...item(id, false), followed_by: 'perhaps' }),
  },
};
