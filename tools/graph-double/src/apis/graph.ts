import { isFields, type Dialect } from './dialect.js';
import { failed, refused } from './graph/failed.js';
import { friends } from './graph/friends.js';
import { me } from './graph/me.js';
import { statuses } from './graph/statuses.js';

/** An API in the form of the Graph API. */
export const graph: Dialect = {
  routes: [statuses, me, friends],
  unknown: ({ path, token, world }) =>
    world.owner(token ?? '') === undefined ? refused() : failed(2500, `Unknown path components: ${path}`),
  refused,
  tooMany: () => failed(4, 'Application request limit reached'),
  limitHeaders: ({ limit, remaining }) => {
    const percent = Math.round(((limit - remaining) / limit) * 100);
    return { 'x-app-usage': JSON.stringify({ call_count: percent, total_cputime: 0, total_time: 0 }) };
  },
  stranger: (number) => String(9_000_000_000 + number),
  endless: (answer) =>
    isFields(answer.body) && !('error' in answer.body)
      ? {
          ...answer,
          body: { ...answer.body, paging: { cursors: { after: '0' }, next: 'https://graph.example/?after=0' } },
        }
      : answer,
  exposed: ['X-App-Usage'],
};
