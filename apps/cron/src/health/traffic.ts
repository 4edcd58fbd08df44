import type { Publisher, WorkQueue } from '@groundswell/bus';
import { Flights } from '@groundswell/store';

/** What has gone to NATS, and how often it was waited for. */
export class Traffic {
  private readonly sent = new Flights();

  get usage(): { messages: number; flights: number } {
    const { commands, flights } = this.sent.usage;
    return { messages: commands, flights };
  }

  publisher(publisher: Publisher): Publisher {
    return {
      get inFlight() {
        return publisher.inFlight;
      },
      get waiting() {
        return publisher.waiting;
      },
      publish: (envelope, options) => {
        this.sent.add();
        return publisher.publish(envelope, options);
      },
    };
  }

  queue(queue: WorkQueue): WorkQueue {
    return {
      take: (most, options) => {
        this.sent.add();
        return queue.take(most, options);
      },
      settled: () => queue.settled(),
    };
  }
}
