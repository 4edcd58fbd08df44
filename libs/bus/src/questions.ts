/** Core NATS: a question, and one answer to it. Neither is stored. */
import type { Msg } from '@nats-io/nats-core';
import { inner, type Bus } from './bus.js';
import type { Listening } from './core-messages.js';
import { NoAnswer } from './errors.js';

/** The first answer to a question. Throws `NoAnswer`, at once where nobody answers the subject or the connection is down. */
export async function ask(
  bus: Bus,
  subject: string,
  { data, timeoutMs }: { data: Uint8Array; timeoutMs: number },
): Promise<Uint8Array> {
  const { nats, up } = inner(bus);
  if (!up) throw new NoAnswer(`nobody could be asked at ${subject}: there is no connection`);
  try {
    return (await nats.request(subject, data, { timeout: timeoutMs })).data;
  } catch (cause) {
    throw new NoAnswer(`nobody answered at ${subject}`, { cause });
  }
}

export interface AnswerOptions {
  /** Of several processes with the same one, each question reaches one. */
  group: string;
  /** A rejection is logged, and whoever asked waits in vain. */
  handler: (data: Uint8Array) => Promise<Uint8Array>;
}

/** Answers a subject from now on. Survives reconnects. */
export function answer(bus: Bus, subject: string, { group, handler }: AnswerOptions): Listening {
  const { nats, log } = inner(bus);
  const reply = async (question: Msg): Promise<void> => {
    try {
      question.respond(await handler(question.data));
    } catch (failure) {
      log.error({ subject, error: failure }, 'a question was not answered');
    }
  };
  const subscription = nats.subscribe(subject, {
    queue: group,
    callback: (error, message) => {
      if (error) return log.error({ subject, error }, 'a core subscription was refused');
      void reply(message);
    },
  });
  return {
    stop: () => {
      if (!subscription.isClosed()) subscription.unsubscribe();
    },
  };
}
