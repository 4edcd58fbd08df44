import type { Answer } from '../../answer.js';
import type { Profile } from '../../profile.js';
import { failed } from './failed.js';

const KNOWN = new Set(['id', 'name']);

/** The fields that were asked for, by commas; both when none were. An error when there is no such field. */
export function readFields(query: URLSearchParams): readonly string[] | Answer {
  const fields = (query.get('fields') ?? 'id,name').split(',').filter(Boolean);
  const odd = fields.find((field) => !KNOWN.has(field));
  return odd === undefined
    ? fields
    : failed(100, `(#100) Tried accessing nonexisting field (${odd}) on node type (User)`);
}

/** A user with these fields; the id is always there. */
export function user({ id, name }: Pick<Profile, 'id' | 'name'>, fields: readonly string[]) {
  return fields.includes('name') ? { name, id } : { id };
}
