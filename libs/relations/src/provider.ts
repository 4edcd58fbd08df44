import type { Observation } from './observation.js';

/** Who a watcher is at a provider. Opaque here; never logged. */
export interface Credential {
  /** The watcher's own account, as the provider names it. */
  account: string;
  /** Absent where the provider asks for none. */
  token?: string;
  /** Which permission this is, where one can be taken back: one that is given later has another number. */
  grant?: number;
}

/** One watcher asks for all its subjects at once. */
export interface Ask {
  watcher: string;
  /** Absent: the provider knows the watcher by the same name, or the watcher has given no permission. */
  credential?: Credential;
  /** As the provider names them; repeated ones count once. */
  subjects: readonly string[];
}

/** Later, with the same state: nothing is wrong with what was asked, or with the permission. */
export type SoftReason =
  | 'aborted'
  | 'budget_used'
  /** There was a page after the last one that was answered. */
  | 'incomplete'
  | 'rate_limited'
  | 'timeout'
  | 'unavailable'
  | 'unreachable';

/** The watcher has to give permission again. */
export type AuthReason =
  /** The watcher's account is no more. */
  | 'no_account'
  | 'no_credential'
  /** The token is somebody else's. */
  | 'other_account'
  | 'refused';

/** The provider answers something else than agreed: somebody has to look. Nothing of such an answer is used. */
export type HardReason =
  /** A subject that nobody asked for, or the answer to somebody else. */
  'foreign' | 'not_json' | 'redirected' | 'rejected' | 'shape' | 'too_large' | 'too_many';

/** Why an ask has no answer. It says nothing about any subject: pairs stay as they are. */
export type Fault =
  /** `retryAfterMs`: what the provider, or its budget, says; absent when nobody does. */
  | { kind: 'soft'; reason: SoftReason; retryAfterMs?: number }
  | { kind: 'auth'; reason: AuthReason }
  | { kind: 'hard'; reason: HardReason };

/** Whole or not at all: `seen` has each subject of the ask once, and no other. */
export type Reply = { ok: true; seen: ReadonlyMap<string, Observation> } | { ok: false; fault: Fault };

/** An `AbortSignal`, as far as it is needed here. */
export interface StopSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * Where relationships are looked up. What a provider must do is in the contract suite that all of them pass.
 */
export interface Provider {
  readonly name: string;
  /** Subjects a request. An ask may have more: it is then answered by several requests, and is still whole or a fault. */
  readonly batch: number;
  /** Its answers may lag and err, so that a change is to be seen twice; else it is the truth itself. */
  readonly polled: boolean;
  /** Requests made so far. */
  readonly calls: number;
  /** Version of what puts its words into those of this product. */
  readonly version: number;
  /**
   * The replies, in the order of the asks. Never rejects for what a provider does: that is a fault of the ask concerned, and
   * no other ask suffers from it. Once `signal` aborts, what has no reply yet gets the fault `aborted`.
   */
  look(asks: readonly Ask[], signal: StopSignal): Promise<Reply[]>;
}
