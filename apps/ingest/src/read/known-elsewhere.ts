import { ask, NoAnswer, type Bus } from '@groundswell/bus';
import { readAccountAnswer, subjects, type AccountAnswer, type AccountQuestion } from '@groundswell/contracts';

/** An answer of another network takes 10 s at most; whoever chooses accounts waits for it. */
const ANSWER_MS = 12_000;

const encoder = new TextEncoder();

/** Asks the notifier which accounts another network knows: one question, one look there. Never rejects for want of an answer. */
export async function knownElsewhere(bus: Bus, question: AccountQuestion): Promise<AccountAnswer> {
  const data = encoder.encode(JSON.stringify(question));
  try {
    const answer = await ask(bus, subjects.askAccounts(), { data, timeoutMs: ANSWER_MS });
    return readAccountAnswer(answer) ?? { fault: 'later' };
  } catch (error) {
    if (error instanceof NoAnswer) return { fault: 'later' };
    throw error;
  }
}
