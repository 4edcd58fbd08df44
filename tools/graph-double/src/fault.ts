import { APIS, type Api } from './answer.js';

/** What can be wrong with an answer. */
export const FAULT_KINDS = [
  /** 429; `retryAfter`: seconds, or the text of the header. */
  'rate_limited',
  'error_500',
  /** Never answers. */
  'hang',
  /** A page for people, with 200. */
  'html',
  /** Half of the JSON, as if it were all. */
  'truncated',
  /** The connection ends in the middle. */
  'cut',
  /** An item for an id that nobody asked for, among the right ones. */
  'wrong_ids',
  /** What another member would get: other subjects, or another actor. */
  'other_member',
  'permuted',
  /** A word, or a type, that the API never had. */
  'unknown_value',
  /** The first id is left out. */
  'missing',
  /** 10,000 items. */
  'flood',
  /** More bytes than anybody wants. */
  'huge',
  /** The token is no longer good: 401, or code 190. */
  'token_reset',
  'forbidden',
  /** To another place that would answer. */
  'redirect',
  /** The server's clock is off by `skewMs`, in what it says of times. */
  'skewed_date',
  /** Every page names a next one. */
  'endless',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  kind: FaultKind;
  /** Absent: of all. */
  api?: Api;
  /** Only what this member asks. */
  viewer?: string;
  /** Only what asks for this one. */
  subject?: string;
  /** Only what is asked at this path, below the prefix of the API; without it, only lists and relationships. */
  path?: string;
  /** How many answers; default 1. */
  times?: number;
  retryAfter?: number | string;
  skewMs?: number;
}

/** A request of the control API makes no sense; the message says which would. */
export class ControlInvalid extends Error {
  override readonly name = 'ControlInvalid';
  readonly code = 'control_invalid';
}

/** Reads a fault as it was sent. Throws `ControlInvalid`. */
export function readFault(given: unknown): Fault {
  const fault = given as Partial<Fault> | null;
  if (!FAULT_KINDS.includes(fault?.kind as FaultKind)) {
    throw new ControlInvalid(`"kind" is one of ${FAULT_KINDS.join(', ')}.`);
  }
  if (fault?.api !== undefined && !APIS.includes(fault.api)) {
    throw new ControlInvalid(`"api" is one of ${APIS.join(', ')}.`);
  }
  if (fault?.times !== undefined && !(Number.isInteger(fault.times) && fault.times > 0)) {
    throw new ControlInvalid('"times" is a whole number from 1.');
  }
  return fault as Fault;
}
