/** What ingest asks the notifier, which alone speaks with other networks: a question and its answer, not stored. */
import { MEMBER_ID } from '@groundswell/protocol';
import { fieldsIn } from './json-fields.js';

/** Whether a network knows accounts, in the name of a member who wants to watch them. */
export interface AccountQuestion {
  provider: string;
  watcher: string;
  /** As the provider names them. */
  subjects: string[];
}

/** Why nothing is known: later perhaps, not before the member has connected their account anew, or not at all. */
export type AccountFault = 'later' | 'no_account' | 'refused';

/** Those of the accounts that the network knows, or why there is no answer. */
export type AccountAnswer = { known: string[] } | { fault: AccountFault };

const FAULTS: readonly unknown[] = ['later', 'no_account', 'refused'] satisfies AccountFault[];

/** Reads a question; undefined when it is none that this version understands. */
export function readAccountQuestion(data: Uint8Array): AccountQuestion | undefined {
  const { provider, watcher, subjects } = fieldsIn(data) ?? {};
  const isQuestion = typeof provider === 'string' && typeof watcher === 'string' && MEMBER_ID.test(watcher);
  return isQuestion && areTexts(subjects) ? { provider, watcher, subjects } : undefined;
}

/** Reads an answer; undefined when it is none that this version understands. */
export function readAccountAnswer(data: Uint8Array): AccountAnswer | undefined {
  const { known, fault } = fieldsIn(data) ?? {};
  if (areTexts(known)) return { known };
  return FAULTS.includes(fault) ? { fault: fault as AccountFault } : undefined;
}

function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
