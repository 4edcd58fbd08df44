import { REMOTE_PROVIDERS, type NoticeView, type RelationshipStatus, type RemoteProvider } from '@groundswell/protocol';
import { NETWORK_NAMES } from '../elsewhere/networks.js';
import { STATUS_NAMES } from '../relationship/status-names.js';

export interface NoticeWords {
  title: string;
  why: string;
  first: string;
  again: string;
}

const FOLLOWING: Readonly<Record<string, string>> = {
  follows: 'follows you',
  follows_not: 'no longer follows you',
};

/** What was told, and why, as the letter said it. */
export function noticeWords({ provider, subject, from, to }: NoticeView): NoticeWords {
  const network = REMOTE_PROVIDERS.find((one): one is RemoteProvider => one === provider);
  const who = network ? `${subject.name} on ${NETWORK_NAMES[network]}` : subject.name;
  const why = network ? `You watch ${who}.` : `You watch ${who}, who lets you.`;
  const following = FOLLOWING[to];
  if (following !== undefined) return { title: `${who} ${following}`, why, first: following, again: 'still so' };
  return {
    title: `${who}: ${nameOf(from)} → ${nameOf(to)}`,
    why,
    first: `${nameOf(to)}, no longer ${nameOf(from)}`,
    again: `still ${nameOf(to)}`,
  };
}

/** Other networks have words of their own. */
function nameOf(value: string): string {
  return STATUS_NAMES[value as RelationshipStatus] ?? value.replaceAll('_', ' ');
}
