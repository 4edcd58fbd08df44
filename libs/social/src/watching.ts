import { isBarred, isFriend, type Side } from './side.js';

/**
 * Whom a member lets watch their relationship status: nobody; those whom the member has allowed one by one; or all friends
 * but those whom the member has refused.
 */
export const CONSENTS = ['off', 'ask', 'mutuals'] as const;
export type Consent = (typeof CONSENTS)[number];

/** What holds of a member who has said nothing. */
export const DEFAULT_CONSENT: Consent = 'ask';

/** What a member said to one watcher. */
export const ANSWERS = ['allowed', 'refused'] as const;
export type Answer = (typeof ANSWERS)[number];

/** To whom a status is shown, of those who may watch. */
export const VISIBILITIES = ['friends', 'nobody'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export interface Showing {
  /** What the subject's side says of the watcher. */
  side: Side;
  consent: Consent;
  answer: Answer | undefined;
  visibility: Visibility;
}

/**
 * Whether a subject's status is shown to a watcher: friends only, nobody across a block, and as the subject wants it. To the
 * watcher every no looks the same.
 */
export function isShown({ side, consent, answer, visibility }: Showing): boolean {
  if (!isFriend(side) || isBarred(side) || visibility === 'nobody' || answer === 'refused') return false;
  return consent === 'mutuals' || (consent === 'ask' && answer === 'allowed');
}
