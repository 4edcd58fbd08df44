import type { AccountAnswer, AccountFault } from '@groundswell/contracts';
import { ProblemError } from '@groundswell/runtime';

/** Throws what a network's answer means for those who have chosen accounts there, unless it knows all of them. */
export function requireRecognised(
  { provider, subjects }: { provider: string; subjects: readonly string[] },
  answer: AccountAnswer,
  chosen: readonly string[],
): void {
  if ('fault' in answer) throw FAULTS[answer.fault](provider);
  const known = new Set(answer.known);
  const errors = chosen
    .filter((subject) => !known.has(subject))
    .map((subject) => ({
      at: `/subjects/${subjects.indexOf(subject)}`,
      message: `${provider} does not know this one`,
    }));
  if (errors.length === 0) return;
  const detail = `${provider} does not know ${errors.length} of these accounts, or does not show them to you: leave them out.`;
  throw new ProblemError('unknown_accounts', detail, { errors });
}

const FAULTS: Readonly<Record<AccountFault, (provider: string) => ProblemError>> = {
  later: (provider) =>
    new ProblemError('network_unavailable', `${provider} does not answer now: try again in a minute.`),
  no_account: (provider) =>
    new ProblemError('no_account', `${provider} does not accept your account any more: connect it again.`),
  refused: (provider) =>
    new ProblemError(
      'network_unavailable',
      `${provider} answers something that cannot be used: operators have to look.`,
    ),
};
