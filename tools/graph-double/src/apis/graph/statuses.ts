import { json, type Answer } from '../../answer.js';
import { pageOf } from '../../paging.js';
import { isFields, type Question, type Route } from '../dialect.js';
import { failed, refused } from './failed.js';

const IDS_MOST = 50;

function answer({ query, token, world, pageSize }: Question): Answer {
  const viewer = world.owner(token ?? '');
  if (viewer === undefined) return refused();
  const ids = idsOf(query);
  if (ids.length === 0) return failed(100, 'The parameter ids is required');
  if (ids.length > IDS_MOST) return failed(100, `Too many IDs. Maximum: ${IDS_MOST}. Provided: ${ids.length}`);
  const { items, next } = pageOf(ids, { cursor: query.get('after'), size: pageSize });
  const entries = items.flatMap((id): [string, unknown][] => {
    const view = world.view(viewer, id);
    if (view.kind === 'gone' || view.kind === 'silent') return [];
    const status = view.kind === 'shown' ? view.status : undefined;
    return [[id, status === undefined ? { id } : { id, relationship_status: status }]];
  });
  const paging =
    next === undefined ? [] : [['paging', { cursors: { after: next }, next: 'https://graph.example/next' }]];
  return json(Object.fromEntries([...entries, ...paging]));
}

function idsOf(query: URLSearchParams): string[] {
  return (query.get('ids') ?? '').split(',').filter(Boolean);
}

/** `GET /?ids=…&fields=relationship_status` */
export const statuses: Route = {
  path: /^\/$/,
  asked: ({ query, token, world }) => ({ viewer: world.owner(token ?? ''), ids: idsOf(query) }),
  answer,
  items: {
    edit: (body, change) => {
      if (!isFields(body) || 'error' in body) return body;
      const { paging, ...entries } = body;
      const items = change(Object.entries(entries).map(([id, item]) => ({ id, item })));
      const edited = Object.fromEntries(items.map(({ id, item }) => [id, item]));
      return paging === undefined ? edited : { ...edited, paging };
    },
    made: (id) => ({ id, relationship_status: 'Married' }),
    odd: (id) => ({ id, relationship_status: 'Entangled' }),
  },
};
