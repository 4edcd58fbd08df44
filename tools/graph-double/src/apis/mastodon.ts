import { json, type Answer } from '../answer.js';
import { pageOf } from '../paging.js';
import type { Dialect, Fields, Question } from './dialect.js';

const PATH = '/api/v1/accounts/relationships';
const WHO = '/api/v1/accounts/verify_credentials';

const refused = (): Answer => json({ error: 'The access token is invalid' }, 401);

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
  if (path === WHO) return json({ id: viewer, username: `member${viewer}` });
  if (path !== PATH) return json({ error: 'Record not found' }, 404);
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
    next === undefined ? {} : { link: `<https://mastodon.example${PATH}?max_id=${next}>; rel="next"` };
  return json(relationships, 200, link);
}

/** `GET /api/v1/accounts/relationships` of a Mastodon server. */
export const mastodon: Dialect = {
  asked: ({ path, query, token, world }) =>
    path === PATH ? { viewer: world.owner(token ?? ''), ids: query.getAll('id[]') } : undefined,
  answer,
  refused,
  tooMany: () => json({ error: 'Too many requests' }, 429),
  limitHeaders: ({ limit, remaining, resetAt }) => ({
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': new Date(resetAt).toISOString(),
  }),
  edit: (body, change) => {
    if (!Array.isArray(body)) return body;
    return change((body as Fields[]).map((entry) => ({ id: String(entry['id']), item: entry }))).map(
      ({ item: edited }) => edited,
    );
  },
  item,
  oddItem: (id) => ({ ...item(id, false), followed_by: 'perhaps' }),
  stranger: (number) => String(9_000_000_000 + number),
};
