import { json, type Answer } from '../answer.js';
import { pageOf } from '../paging.js';
import { isFields, type Dialect, type Question } from './dialect.js';

const IDS_MOST = 50;

const failed = (code: number, message: string): Answer =>
  json({ error: { message, type: 'OAuthException', code, fbtrace_id: 'double' } }, 400);

const refused = (): Answer => failed(190, 'Error validating access token: the session has been invalidated.');

function answer({ path, query, token, world, pageSize }: Question): Answer {
  const viewer = world.owner(token ?? '');
  if (viewer === undefined) return refused();
  if (path === '/me') return json({ id: viewer });
  if (path !== '/') return failed(2500, `Unknown path components: ${path}`);
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

/** `GET /?ids=…&fields=relationship_status`, as the Graph API has it. */
export const graph: Dialect = {
  asked: ({ path, query, token, world }) =>
    path === '/' ? { viewer: world.owner(token ?? ''), ids: idsOf(query) } : undefined,
  answer,
  refused,
  tooMany: () => failed(4, 'Application request limit reached'),
  limitHeaders: ({ limit, remaining }) => {
    const percent = Math.round(((limit - remaining) / limit) * 100);
    return { 'x-app-usage': JSON.stringify({ call_count: percent, total_cputime: 0, total_time: 0 }) };
  },
  edit: (body, change) => {
    if (!isFields(body) || 'error' in body) return body;
    const { paging, ...entries } = body;
    const items = change(Object.entries(entries).map(([id, item]) => ({ id, item })));
    const edited = Object.fromEntries(items.map(({ id, item }) => [id, item]));
    return paging === undefined ? edited : { ...edited, paging };
  },
  oddItem: (id) => ({ id, relationship_status: 'Entangled' }),
  stranger: (number) => String(9_000_000_000 + number),
  item: (id, follows) => ({ id, relationship_status: follows ? 'Married' : 'Single' }),
};
