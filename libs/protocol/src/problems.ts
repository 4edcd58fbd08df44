/**
 * HTTP errors as RFC 9457 problem details (`application/problem+json`). One table: the code a client switches on, its
 * status and its title; `detail` says what to do.
 */
export const PROBLEMS = {
  invalid_json: { status: 400, title: 'The body is not valid JSON' },
  invalid_body: { status: 400, title: 'The body does not fit the schema' },
  invalid_text: { status: 422, title: 'The text cannot be posted' },
  invalid_parameter: { status: 400, title: 'A part of the address is not valid' },
  invalid_idempotency_key: { status: 400, title: 'The Idempotency-Key is not valid' },
  unauthorized: { status: 401, title: 'A valid token is needed' },
  forbidden: { status: 403, title: 'The token does not allow this' },
  blocked: { status: 403, title: 'There is a block between the two' },
  not_found: { status: 404, title: 'There is no such thing' },
  unknown_event: { status: 404, title: 'There is no such event' },
  unknown_status: { status: 404, title: 'There is no such status' },
  unknown_member: { status: 404, title: 'There is no such member' },
  event_exists: { status: 409, title: 'The event exists with another description' },
  cannot_be_asked: { status: 409, title: 'This member cannot be asked' },
  not_friends: { status: 403, title: 'The two are not friends' },
  too_many_watches: { status: 409, title: 'No more can be watched' },
  link_broken: { status: 400, title: 'The link is damaged or incomplete' },
  link_expired: { status: 410, title: 'The link is too old' },
  mail_off: { status: 501, title: 'No mail is sent from here' },
  no_account: { status: 409, title: 'No account is connected there' },
  network_off: { status: 501, title: 'This network is not asked from here' },
  network_unavailable: { status: 502, title: 'The other network does not answer' },
  unknown_accounts: { status: 422, title: 'The other network does not know all of these accounts' },
  not_watched: { status: 409, title: 'This member is not watched' },
  not_asked: { status: 409, title: 'This member has not asked' },
  event_ended: { status: 409, title: 'The event has ended' },
  gone: { status: 410, title: 'This is no longer held' },
  too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The content type is not supported' },
  idempotency_conflict: { status: 422, title: 'The Idempotency-Key was used for another request' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'The server failed' },
  unavailable: { status: 503, title: 'Not known to be stored; retry with the same Idempotency-Key' },
  transport_off: { status: 503, title: 'This transport is switched off or full' },
  not_sealed: { status: 503, title: 'Not sealed yet' },
  view_behind: { status: 503, title: 'A view is being rebuilt' },
  storage_full: { status: 507, title: 'The log cannot store more' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
  /** For bodies and import lines: every fault found, with where it is. */
  errors?: { at: string; message: string }[];
}

/** Builds the problem document of a code. */
export function problem(code: ProblemCode, detail: string, errors?: Problem['errors']): Problem {
  const { status, title } = PROBLEMS[code];
  return { type: `urn:groundswell:problem:${code}`, title, status, code, detail, ...(errors ? { errors } : {}) };
}
