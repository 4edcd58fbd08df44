import { connectBus, ensureBuckets, openBucket, openLeverBoard, type Bus, type LeverBoard } from '@groundswell/bus';
import { EVENTS_BUCKET, LEVERS_BUCKET } from '@groundswell/contracts';
import { LEVERS } from '@groundswell/levers';
import { useNats } from '@groundswell/testing';
import { run } from '../src/run.js';
import { sentenceOf } from '../src/sentence-of.js';

const NINE = new Date(2027, 0, 31, 21, 0).getTime();

describe('npm run levers', () => {
  const nats = useNats();
  let now: number;
  let bus: Bus;
  let board: LeverBoard | undefined;
  beforeEach(async () => {
    now = NINE;
    bus = await connectBus({ servers: nats.url, name: 'test' });
  });
  afterEach(async () => {
    await board?.stop();
    await bus.close();
  });

  const levers = (...args: string[]) =>
    run([...args, '--nats', nats.url], { env: {}, cwd: '/', root: '/nowhere', now: () => now });
  const refusal = async (...args: string[]) => {
    try {
      return `it printed ${await levers(...args)}`;
    } catch (error) {
      return sentenceOf(error);
    }
  };
  const lineOf = (text: string, key: string) => text.split('\n').find((line) => line.startsWith(`${key} `));

  it('lists every lever on a server that has never seen one', async () => {
    const text = await levers('list');
    expect(text.split('\n')).toHaveLength(LEVERS.length + 1);
    expect(text.split('\n')[0]!.split(/ +/)).toEqual(['lever', 'value', 'takes']);
    expect(lineOf(text, 'poll.jitter')).toMatch(/^poll\.jitter +0\.2 +0–0\.5 share of the interval$/);
  });

  it('turns a lever for all events, and says who, why and what it was', async () => {
    const said = await levers('set', 'everyone.mode', 'top', '--who', 'ann', '--why', 'final whistle');
    expect(said).toBe(
      'everyone.mode is top (was all), set for all events; it acts from the next segment on, on all nodes alike.',
    );
    const line = lineOf(await levers('list', 'everyone'), 'everyone.mode');
    expect(line).toMatch(
      /^everyone\.mode +top +all +all, top, paused +all events +ann +2027-01-31 21:00:00 +final whistle$/,
    );
    board = await openLeverBoard({ bus, clock: { now: () => now } });
    expect(board.of('final').levers['everyone.mode']).toBe('top');
  });

  it('turns it for one event, for a while', async () => {
    await ensureBuckets(bus, [EVENTS_BUCKET]);
    await openBucket(bus, EVENTS_BUCKET).put('final', new TextEncoder().encode('{}'));
    const event = ['--event', 'final'];
    expect(await levers('set', 'page.max_behind', '128', ...event, '--until', '21:30')).toBe(
      'page.max_behind is 128 (was 64), set for this event until 2027-01-31 21:30:00; it acts at once.',
    );
    expect(await levers('list')).toMatch(/\n\nEvents with values of their own: final$/);
    const details = await levers('get', 'page.max_behind', ...event);
    expect(details).toMatch(/^page\.max_behind\n {2}value +128\n/);
    expect(details).toMatch(/\n {2}takes +a whole number from 8 to 512 \(segments\)\n/);
    expect(details).toMatch(/\n {2}set for +event final\n {2}until +2027-01-31 21:30:00\n/);
    now = new Date(2027, 0, 31, 21, 30).getTime();
    expect(await levers('get', 'page.max_behind', ...event)).toMatch(/\n {2}value +64\n/);
  });

  it('clears what was set, and tells all of it', async () => {
    await levers('set', 'sse.enabled', 'off', '--who', 'ann', '--why', 'a test');
    await openBucket(bus, LEVERS_BUCKET).put('global.sse.enabled', new TextEncoder().encode('{"value":"no"}'));
    expect(await levers('clear', 'sse.enabled', '--who', 'bob')).toBe(
      'sse.enabled is true (was false), the default; it acts at once.',
    );
    const lines = (await levers('history', 'sse.enabled')).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^2027-01-31 21:00:00 +false +ann +a test$/);
    expect(lines[2]).toMatch(/ ignored +sse\.enabled must be true or false, not "no"\.$/);
    expect(lines[3]).toMatch(/^2027-01-31 21:00:00 +cleared +bob$/);
    expect(await levers('history', 'sse.enabled', '--event', 'final')).toBe(
      'Nobody has turned sse.enabled for the event final.',
    );
  });

  it('doubts an event that there is not', async () => {
    await ensureBuckets(bus, [EVENTS_BUCKET]);
    expect(await levers('set', 'poll.jitter', '0.1', '--event', 'finall')).toMatch(
      /set for this event; it acts at once\.\nThere is no event "finall" yet; if there should be, look at how it is written\.$/,
    );
  });

  it.each([
    [
      ['set', 'everyone.segment_ms', '50'],
      /^everyone\.segment_ms must be .* from 250 to 10000 \(ms\); 50 is outside\.$/,
    ],
    [['set', 'poll.jitter', '-1'], /^poll\.jitter must be a number from 0 to 0\.5 .*; -1 is outside\.$/],
    [['set', 'everyone.mode', 'some'], /^everyone\.mode must be one of all, top, paused, not "some"\.$/],
    [['get', 'poll.jiter'], /^There is no lever "poll\.jiter"; there are poll\.interval_ms, /],
    [['list', 'nonsense'], /^There is no lever "nonsense"; there are everyone\.\*, /],
    [['list', '--event', 'The Final'], /^"The Final" cannot be an event: /],
    [['set', 'everyone.epoch', '1', '--until', '22:00'], /^everyone\.epoch only grows, so it takes no lease/],
    [['clear', 'everyone.epoch'], /^everyone\.epoch only grows, so it cannot be cleared\.$/],
    [['set', 'poll.jitter', '0.1', '--why', 'x'.repeat(301)], /^"who" and "why" of poll\.jitter must be texts/],
  ])('says in one sentence what is wrong with %j', async (args, sentence) => {
    expect(await refusal(...args)).toMatch(sentence);
  });

  it('says when nobody answers', async () => {
    const surroundings = { env: { NATS_URL: 'nats://127.0.0.1:1' }, cwd: '/', root: '/nowhere', now: () => now };
    await expect(
      run(['list'], surroundings).catch((error: unknown) => Promise.reject(new Error(sentenceOf(error)))),
    ).rejects.toThrow(
      /^No NATS server answers at nats:\/\/127\.0\.0\.1:1 within 3000 ms: .*\. Start NATS, or correct its address\.$/,
    );
  });

  it('tells how it is used', async () => {
    expect(await levers('--help')).toContain('set LEVER VALUE');
  });
});
