import { json, type Answer } from '../../answer.js';
import { editSole, type Question, type Route } from '../dialect.js';
import { refused } from './failed.js';
import { readFields, user } from './user.js';

function answer({ query, token, world }: Question): Answer {
  const id = world.owner(token ?? '');
  if (id === undefined) return refused();
  const fields = readFields(query);
  if ('status' in fields) return fields;
  return json(user(world.profile(id) ?? { id, name: `Member ${id}` }, fields));
}

/** `GET /me?fields=id,name` */
export const me: Route = {
  path: /^\/me$/,
  answer,
  items: {
    edit: (body, change) => editSole(body, change),
    made: (id) => user({ id, name: 'A stranger' }, ['name']),
    odd: (id) => ({ id: Number(id), name: 7 }),
  },
};
