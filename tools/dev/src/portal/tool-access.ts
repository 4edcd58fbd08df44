import { ROLES, type Role } from '@groundswell/contracts';
import { codePoints, MEMBER_ID, NAME_MAX_CHARS, problem, type Problem } from '@groundswell/protocol';
import { timingSafeEqual } from 'node:crypto';
import type { Grant } from './token-issuer.js';

/** Members that one request may ask tokens for. */
const MAX_MEMBERS = 20_000;
const MAX_TTL_S = 7 * 86_400;
const ACTIONS = ['kill', 'restart', 'pause', 'resume'] as const;

export interface ProcessOrder {
  name: string;
  action: (typeof ACTIONS)[number];
}

/** Whether an Authorization header carries the secret that tools were given. */
export function isTool(authorization: string | undefined, secret: string): boolean {
  const given = Buffer.from(authorization ?? '');
  const wanted = Buffer.from(`Bearer ${secret}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Reads the body of `POST /dev/tokens`: `{members: [{id, name, roles?}], ttlS?}`. */
export function readGrants(body: unknown): Grant[] | Problem {
  const { members, ttlS = 3_600 } = (body ?? {}) as { members?: unknown; ttlS?: unknown };
  if (!Array.isArray(members) || members.length === 0 || members.length > MAX_MEMBERS) {
    return problem('invalid_body', `"members" must be a list of 1 to ${MAX_MEMBERS} members.`);
  }
  if (!Number.isInteger(ttlS) || (ttlS as number) < 1 || (ttlS as number) > MAX_TTL_S) {
    return problem('invalid_body', `"ttlS" must be a number of seconds, at most ${MAX_TTL_S}.`);
  }
  const wrong = members.findIndex((member) => !isGrant(member));
  if (wrong >= 0) {
    return problem('invalid_body', `"members[${wrong}]" must be {id, name, roles?} with roles of ${ROLES.join(', ')}.`);
  }
  return (members as Grant[]).map((member) => ({ ...member, ttlS: ttlS as number }));
}

function isGrant(value: unknown): value is Grant {
  const { id, name, roles = [] } = (value ?? {}) as { id?: unknown; name?: unknown; roles?: unknown };
  return (
    typeof id === 'string' &&
    MEMBER_ID.test(id) &&
    typeof name === 'string' &&
    name.trim() !== '' &&
    codePoints(name) <= NAME_MAX_CHARS &&
    Array.isArray(roles) &&
    roles.every((role) => ROLES.includes(role as Role))
  );
}

/** Reads the body of `POST /dev/processes`: `{name, action}`. */
export function readOrder(body: unknown, names: readonly string[]): ProcessOrder | Problem {
  const { name, action } = (body ?? {}) as { name?: unknown; action?: unknown };
  if (typeof name !== 'string' || !names.includes(name)) {
    return problem('invalid_body', `"name" must be one of ${names.join(', ')}.`);
  }
  const known = ACTIONS.find((one) => one === action);
  return known ? { name, action: known } : problem('invalid_body', `"action" must be one of ${ACTIONS.join(', ')}.`);
}
