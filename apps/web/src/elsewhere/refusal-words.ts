import { CommandRefused } from '@groundswell/client';
import type { RemoteProvider } from '@groundswell/protocol';
import type { Person } from './lists/person.js';
import { ID_FORMS, NETWORK_NAMES } from './networks.js';
import { faultWords } from './use-attempt.js';

/** Why nobody of `chosen` is watched now, for a person. */
export function refusalWords(error: unknown, provider: RemoteProvider, chosen: readonly Person[]): string {
  if (!(error instanceof CommandRefused)) return faultWords(error);
  const network = NETWORK_NAMES[provider];
  const { code, detail } = error.problem;
  switch (code) {
    case 'unknown_accounts': {
      const names = unknownOf(error, chosen).map(({ name }) => name);
      return `Nobody was added: ${network} does not know ${names.length === 0 ? 'all of these accounts' : joined(names)}.`;
    }
    case 'invalid_body':
      return `Nobody was added: on ${network} an id is ${ID_FORMS[provider]}.`;
    case 'network_unavailable':
      return `Nobody was added: ${network} does not answer our server. Try again in a few minutes.`;
    case 'no_account':
      return `Nobody was added: connect your account on ${network} again.`;
    default:
      return `Nobody was added. ${detail}`;
  }
}

/** Those of `chosen` whom the network does not know. */
export function unknownOf(error: unknown, chosen: readonly Person[]): Person[] {
  if (!(error instanceof CommandRefused) || error.problem.code !== 'unknown_accounts') return [];
  return (error.problem.errors ?? []).flatMap(({ at }) => {
    const index = /^\/subjects\/(\d+)$/.exec(at)?.[1];
    const person = index === undefined ? undefined : chosen[Number(index)];
    return person ? [person] : [];
  });
}

function joined(names: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}
