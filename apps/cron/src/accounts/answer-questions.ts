import { answer, type Bus, type Listening } from '@groundswell/bus';
import { readAccountQuestion, subjects } from '@groundswell/contracts';
import type { Recognition } from './recognition.js';

const encoder = new TextEncoder();

/** Answers what ingest asks about accounts: each question reaches one process. */
export function answerQuestions(bus: Bus, recognition: Pick<Recognition, 'answer'>): Listening {
  return answer(bus, subjects.askAccounts(), {
    group: 'cron',
    handler: async (data) => {
      const question = readAccountQuestion(data);
      if (!question) throw new Error('this is no question about accounts');
      return encoder.encode(JSON.stringify(await recognition.answer(question)));
    },
  });
}
