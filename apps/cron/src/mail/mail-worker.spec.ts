import type { Task } from '@groundswell/bus';
import type { MailTask } from '@groundswell/contracts';
import { createLog } from '@groundswell/runtime';
import { MailWorker, type MailWorkerOptions } from './mail-worker.js';

const live = new AbortController().signal;
const SIDE = { checkpoint: undefined, address: undefined, rhythm: undefined, delays: new Map<string, number>() };

/** A task that writes down what is done with it. */
class PaperTask implements Task {
  readonly subject = 'gs.v1.notify.mail';
  readonly seq = 1;
  readonly at = 1;
  readonly said: string[] = [];
  readonly data: Uint8Array;

  constructor(
    message: MailTask | string,
    readonly deliveries = 1,
  ) {
    this.data = new TextEncoder().encode(typeof message === 'string' ? message : JSON.stringify(message));
  }

  done(): void {
    this.said.push('done');
  }
  later(ms: number): void {
    this.said.push(`later ${ms}`);
  }
  busy(): void {
    this.said.push('busy');
  }
  drop(): void {
    this.said.push('drop');
  }
}

const letter = (watcher: string, deliveries?: number) =>
  new PaperTask({ kind: 'letter', watcher, until: 5 }, deliveries);
const question = (watcher: string, deliveries?: number) => new PaperTask({ kind: 'question', watcher }, deliveries);

function setUp(more: Partial<MailWorkerOptions> = {}) {
  const outcomes: string[] = [];
  const reads: (readonly string[])[] = [];
  const worker = new MailWorker({
    outboxes: (watchers) => {
      reads.push(watchers);
      return Promise.resolve(watchers.map((id) => [{ id, json: '{}' }]));
    },
    sides: (members) => Promise.resolve(members.map(() => SIDE)),
    letters: { work: () => Promise.resolve('sent') },
    questions: { work: () => Promise.resolve('asked') },
    reconnects: { work: () => Promise.resolve({ outcome: 'sent' }) },
    atOnce: 2,
    count: (outcome) => outcomes.push(outcome),
    log: createLog('spec', 'silent'),
    ...more,
  });
  return { worker, outcomes, reads };
}

describe('MailWorker', () => {
  it('reads for all at once, and gives each what is theirs', async () => {
    const seen: string[] = [];
    const { worker, reads } = setUp({
      letters: {
        work: ({ watcher, until }, { outbox }) => {
          seen.push(`${watcher} ${until} ${outbox[0]!.id}`);
          return Promise.resolve('sent');
        },
      },
    });
    const tasks = [letter('ada'), question('ben'), letter('cleo')];
    await worker.work(tasks, live);
    expect([reads, seen]).toEqual([[['ada', 'cleo']], ['ada 5 ada', 'cleo 5 cleo']]);
    expect(tasks.map(({ said }) => said)).toEqual([['done'], ['done'], ['done']]);
  });

  it('writes no more letters at a time than there are connections', async () => {
    let [now, most] = [0, 0];
    const { worker } = setUp({
      letters: {
        work: async () => {
          most = Math.max(most, ++now);
          await new Promise((resolve) => setImmediate(resolve));
          now--;
          return 'sent';
        },
      },
    });
    await worker.work(
      ['a', 'b', 'c', 'd', 'e'].map((watcher) => letter(watcher)),
      live,
    );
    expect(most).toBe(2);
  });

  it('lets one that fails come again, later each time, and goes on with the others', async () => {
    const { worker, outcomes } = setUp({
      letters: {
        work: ({ watcher }) => (watcher === 'bad' ? Promise.reject(new Error('x')) : Promise.resolve('sent')),
      },
    });
    const tasks = [letter('bad'), letter('bad', 3), letter('bad', 30), letter('good')];
    await worker.work(tasks, live);
    expect(tasks.map(({ said }) => said)).toEqual([['later 5000'], ['later 20000'], ['later 600000'], ['done']]);
    expect(outcomes.toSorted()).toEqual(['failed', 'failed', 'failed', 'sent']);
  });

  it('has a question asked again, which is nowhere but in its task; a letter is found again by the store', async () => {
    const { worker } = setUp({
      letters: { work: () => Promise.resolve('later') },
      questions: { work: () => Promise.resolve('later') },
    });
    const tasks = [letter('ada'), question('ada', 2)];
    await worker.work(tasks, live);
    expect(tasks.map(({ said }) => said)).toEqual([['done'], ['later 10000']]);
  });

  it('takes up a request to connect again when it says, and tries again what could not be sent', async () => {
    const asked: unknown[] = [];
    const ends = [{ outcome: 'later', waitMs: 99 }, { outcome: 'later' }, { outcome: 'sent' }] as const;
    const { worker, outcomes } = setUp({
      atOnce: 1,
      reconnects: {
        work: (task) => {
          asked.push(task);
          return Promise.resolve(ends[asked.length - 1]!);
        },
      },
    });
    const message = { kind: 'reconnect', watcher: 'ada', provider: 'graph', of: 7 } as const;
    const tasks = [1, 2, 3].map((deliveries) => new PaperTask(message, deliveries));
    await worker.work(tasks, live);
    expect(asked).toEqual([message, message, message]);
    expect(tasks.map(({ said }) => said)).toEqual([['later 99'], ['later 10000'], ['done']]);
    expect(outcomes).toEqual(['later', 'later', 'sent']);
  });

  it('is rid of a task that makes no sense', async () => {
    const { worker, outcomes } = setUp();
    const tasks = [new PaperTask('what is this'), new PaperTask('{"kind":"letter","watcher":"ada"}')];
    tasks.push(new PaperTask('{"kind":"reconnect","watcher":"ada","provider":"graph"}'));
    await worker.work(tasks, live);
    expect([tasks.map(({ said }) => said), outcomes]).toEqual([[['done'], ['done'], ['done']], []]);
  });

  it('leaves all tasks open when the store is out of reach', async () => {
    const { worker } = setUp({ outboxes: () => Promise.reject(new Error('no answer')) });
    const tasks = [letter('ada'), question('ben')];
    await expect(worker.work(tasks, live)).rejects.toThrow('no answer');
    expect(tasks.map(({ said }) => said)).toEqual([[], []]);
  });

  it('ends the letter in hand when it is stopped, and gives the others back', async () => {
    const stopping = new AbortController();
    const { worker } = setUp({
      atOnce: 1,
      letters: {
        work: () => {
          stopping.abort();
          return Promise.resolve('sent');
        },
      },
    });
    const tasks = [letter('ada'), letter('ben')];
    await worker.work(tasks, stopping.signal);
    expect(tasks.map(({ said }) => said)).toEqual([['done'], ['later 0']]);
  });
});
