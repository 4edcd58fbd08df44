/** Core NATS: messages that are not stored. Whoever listens gets them; nobody is told of a loss. */
import { inner, type Bus } from './bus.js';

export interface Listening {
  stop(): void;
}

/** Calls `handler` for every message from now on. `subject` may hold wildcards. Survives reconnects. */
export function listen(bus: Bus, subject: string, handler: (data: Uint8Array, subject: string) => void): Listening {
  const { nats, log } = inner(bus);
  const subscription = nats.subscribe(subject, {
    callback: (error, message) => {
      if (error) log.error({ subject, error }, 'a core subscription was refused');
      else handler(message.data, message.subject);
    },
  });
  return {
    stop: () => {
      if (!subscription.isClosed()) subscription.unsubscribe();
    },
  };
}

/** Sends to whoever listens now; false, and dropped, while there is no connection. */
export function announce(bus: Bus, subject: string, data: Uint8Array = new Uint8Array()): boolean {
  const { nats, up } = inner(bus);
  if (up) nats.publish(subject, data);
  return up;
}
