/** Every word of a letter. Subjects name nobody and no status: they are shown on locked screens. */
import type { Notice } from '@groundswell/contracts';
import { OWN_NETWORK } from '@groundswell/store';

export const PRODUCT = 'Groundswell';

export const LETTER_WORDS = {
  subject: `Your news from ${PRODUCT}`,
  heading: 'What has changed',
  why: 'Why did I get this?',
  reason: `You get this letter because you watch these friends on ${PRODUCT}, and have confirmed this address.`,
  settings: 'Change when you are written to',
  unsubscribe: 'Unsubscribe',
} as const;

export const QUESTION_WORDS = {
  subject: `Is this your address? – ${PRODUCT}`,
  heading: 'Is this your address?',
  text: `Somebody, probably you, wants ${PRODUCT} to write to this address. Confirm it within 24 hours:`,
  confirm: 'Confirm this address',
  otherwise: 'Was it not you? Then do nothing: there will be no other letter.',
} as const;

export const RECONNECT_WORDS = {
  subject: `Please connect an account again – ${PRODUCT}`,
  heading: 'An account has to be connected again',
  text: (network: string) =>
    `${PRODUCT} cannot ask ${network} in your name any more. Until you connect your account again, you get no news from there; what you watch is kept.`,
  connect: 'Connect it again',
  otherwise: 'If you do not want that, do nothing. This letter comes once in 14 days at most.',
} as const;

/** What a member is in, as a part of a sentence; `none` has sentences of its own. */
const STATUSES: Readonly<Record<string, string>> = {
  single: 'single',
  in_a_relationship: 'in a relationship',
  engaged: 'engaged',
  married: 'married',
  its_complicated: 'in a complicated relationship',
  open: 'in an open relationship',
  civil_union: 'in a civil union',
  domestic_partnership: 'in a domestic partnership',
  separated: 'separated',
  divorced: 'divorced',
  widowed: 'widowed',
};

const NETWORKS: Readonly<Record<string, string>> = { bluesky: 'Bluesky', mastodon: 'Mastodon' };

export function networkName(provider: string): string {
  return NETWORKS[provider] ?? 'another network';
}

/** What a notice says, in a sentence. A change in another network is told as it was seen, and why it came about is not guessed. */
export function sentence({ provider, from, to }: Notice, name: string): string {
  const where = provider === OWN_NETWORK ? '' : ` on ${networkName(provider)}`;
  if (to === 'follows_not') return `${name} no longer follows you${where}.`;
  if (to === 'follows') return `${name} follows you${where}.`;
  if (to === 'none') return `${name} no longer shows a relationship status${where}.`;
  const is = STATUSES[to];
  if (is === undefined) return `${name} has another relationship status${where}.`;
  const was = STATUSES[from];
  return was === undefined ? `${name} is now ${is}${where}.` : `${name} is now ${is}${where}. Before: ${was}.`;
}

export function seenOn(date: string): string {
  return `Seen on ${date}.`;
}
