import { eventually, useNats } from '@groundswell/testing';
import { announce, answer, ask, connectBus, listen, NoAnswer, type Bus, type Listening } from '../src/index.js';

const SUBJECT = 'gs.v1.ask.spec';
const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (data: Uint8Array) => new TextDecoder().decode(data);

describe('a question', () => {
  const nats = useNats();
  let asker: Bus;
  let answerer: Bus;
  let answering: Listening[];

  beforeAll(async () => {
    [asker, answerer] = (await Promise.all(
      ['asker', 'answerer'].map((name) => connectBus({ servers: nats.url, name, log: quiet() })),
    )) as [Bus, Bus];
  });
  afterAll(() => Promise.all([asker.close(), answerer.close()]));
  beforeEach(() => {
    answering = [];
  });
  afterEach(() => answering.forEach((one) => one.stop()));

  const errors: unknown[] = [];
  const quiet = () => ({
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (fields: object) => void errors.push(fields),
  });
  const put = (text: string, timeoutMs = 5_000) => ask(asker, SUBJECT, { data: bytes(text), timeoutMs }).then(textOf);
  /** Resolves when the server knows of those who answer. */
  const ready = async () => {
    let heard = 0;
    const listening = listen(answerer, 'spec.ready', () => void heard++);
    await eventually(() => {
      announce(answerer, 'spec.ready');
      return heard > 0;
    });
    listening.stop();
  };

  it('is answered by one of a group', async () => {
    const asked: string[] = [];
    for (const name of ['a', 'b']) {
      answering.push(
        answer(answerer, SUBJECT, {
          group: 'spec',
          handler: (data) => {
            asked.push(name);
            return Promise.resolve(bytes(`${textOf(data)}!`));
          },
        }),
      );
    }
    await ready();
    expect(await Promise.all(Array.from({ length: 20 }, (_, i) => put(String(i))))).toEqual(
      Array.from({ length: 20 }, (_, i) => `${i}!`),
    );
    expect(asked).toHaveLength(20);
  });

  it('has no answer where nobody gives one', async () => {
    await expect(put('anybody?')).rejects.toThrow(NoAnswer);
  });

  it('has no answer when the one who should give it fails, which is logged', async () => {
    answering.push(
      answer(answerer, SUBJECT, { group: 'spec', handler: () => Promise.reject(new Error('I know nothing')) }),
    );
    await ready();
    await expect(put('you?', 100)).rejects.toThrow(NoAnswer);
    expect(errors).toEqual([{ subject: SUBJECT, error: new Error('I know nothing') }]);
  });

  it('is not asked without a connection', async () => {
    const gone = await connectBus({ servers: nats.url, name: 'gone' });
    await gone.close();
    await expect(ask(gone, SUBJECT, { data: bytes('?'), timeoutMs: 5_000 })).rejects.toThrow(NoAnswer);
  });
});
