/** The mail of a process that dies, or is held, where it is told to: see `crash-main.mjs`. */
import { connectedMail } from '../dist/mail/mail.js';

const decoder = new TextDecoder();

/** `reach` is called at every step, `hold` at those where a process can be held. */
export function crashMail({ reach, hold }) {
  return (options) => {
    const { lease, outboxes, end, ledgers, mailer, clear, ...rest } = connectedMail(options);
    const written = async (value, write) => {
      const stored = await write;
      reach(JSON.parse(decoder.decode(value)).claim ? 'claimed' : 'recorded');
      return stored;
    };
    return {
      ...rest,
      lease: async (asked) => {
        const watchers = await lease(asked);
        if (watchers.length > 0) reach('letters-leased');
        return watchers;
      },
      outboxes: (watchers) => {
        if (watchers.length > 0) reach('letters-delivered');
        return outboxes(watchers);
      },
      ledgers: {
        get: (key) => ledgers.get(key),
        create: (key, value) => written(value, ledgers.create(key, value)),
        update: (key, value, revision) => written(value, ledgers.update(key, value, revision)),
      },
      // The last check begins with it.
      end: async () => {
        await hold('check');
        return end();
      },
      mailer: {
        send: async (letter) => {
          reach('sending');
          const sending = await mailer.send(letter);
          reach('sent');
          return sending;
        },
        stop: () => mailer.stop(),
      },
      clear: async (cleared) => {
        await clear(cleared);
        reach('cleared');
      },
    };
  };
}
