/** A process full of clients: obeys orders of the process that forked it, and ends with it. */
import { Clients } from './clients.js';
import type { AnswerMessage, OrderMessage } from './orders.js';

const clients = new Clients();

async function obey({ name, order }: OrderMessage): Promise<unknown> {
  return clients[name](order as never);
}

process.on('message', (message: OrderMessage) => {
  const { number } = message;
  const reply = (answer: AnswerMessage) => void process.send?.(answer);
  obey(message).then(
    (answer) => reply({ number, answer }),
    (error: Error) => reply({ number, error: error.stack ?? error.message }),
  );
});
process.on('disconnect', () => process.exit());
// A terminal's Ctrl-C reaches the whole group; whoever forked this decides.
process.on('SIGINT', () => undefined);
