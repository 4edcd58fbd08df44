/** Work of the notifier. Keys, never objects: what is to be done is in the store. */
import { fieldsIn } from './json-fields.js';

/** Everybody who is due with a provider is to be looked at. `slot`: number of the tick, its time by its length. */
export interface NotifyTick {
  provider: string;
  slot: number;
}

/** Those whom a watcher watches through a provider are to be looked at. */
export interface CheckTask {
  provider: string;
  watcher: string;
  /** Until when the watcher is leased for it, Unix milliseconds: afterwards there will be another task. */
  until: number;
}

/** A letter with what a watcher is to be told. */
export interface LetterTask {
  kind: 'letter';
  watcher: string;
  /** Until when the watcher is leased for it, Unix milliseconds. */
  until: number;
}

/** The question to a member whether an address is theirs. */
export interface QuestionTask {
  kind: 'question';
  watcher: string;
}

/** The request to a member to connect an account again that was connected at position `of` of the log. */
export interface ReconnectTask {
  kind: 'reconnect';
  watcher: string;
  provider: string;
  of: number;
}

export type MailTask = LetterTask | QuestionTask | ReconnectTask;

/** A task that could not be worked off, however often it was tried. */
export interface DeadTask {
  /** Where it was, and what it said. */
  subject: string;
  task: string;
  deliveries: number;
  /** Unix milliseconds. */
  at: number;
}

/** Reads a tick; undefined when it is none that this version understands. */
export function readNotifyTick(data: Uint8Array): NotifyTick | undefined {
  const { provider, slot } = fieldsIn(data) ?? {};
  return typeof provider === 'string' && Number.isSafeInteger(slot) ? { provider, slot: slot as number } : undefined;
}

/** Reads a check; undefined when it is none that this version understands. */
export function readCheckTask(data: Uint8Array): CheckTask | undefined {
  const { provider, watcher, until } = fieldsIn(data) ?? {};
  const isTask = typeof provider === 'string' && typeof watcher === 'string' && Number.isSafeInteger(until);
  return isTask ? { provider, watcher, until: until as number } : undefined;
}

/** Reads a task of the mailer; undefined when it is none that this version understands. */
export function readMailTask(data: Uint8Array): MailTask | undefined {
  const { kind, watcher, until, provider, of } = fieldsIn(data) ?? {};
  if (typeof watcher !== 'string') return undefined;
  if (kind === 'question') return { kind, watcher };
  if (kind === 'reconnect')
    return typeof provider === 'string' && Number.isSafeInteger(of)
      ? { kind, watcher, provider, of: of as number }
      : undefined;
  return kind === 'letter' && Number.isSafeInteger(until) ? { kind, watcher, until: until as number } : undefined;
}

/** Reads a task that was given up; undefined when it is none, or what it holds is no task. */
export function readDeadTask(data: Uint8Array): DeadTask | undefined {
  const { subject, task, deliveries, at } = fieldsIn(data) ?? {};
  const isWhole = typeof subject === 'string' && typeof task === 'string' && Number.isSafeInteger(deliveries);
  return isWhole && Number.isSafeInteger(at) && isJsonObject(task)
    ? { subject, task, deliveries: deliveries as number, at: at as number }
    : undefined;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
