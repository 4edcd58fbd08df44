import { LEVERS_BUCKET } from '@groundswell/contracts';
import { recordKey, type LeverKey } from '@groundswell/levers';
import { eventually, useNats, useTempDir } from '@groundswell/testing';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inner } from '../src/bus.js';
import {
  connectBus,
  ensureBuckets,
  leverHistory,
  openBucket,
  openLeverBoard,
  turnLever,
  type Bus,
  type LeverBoard,
  type LeverBoardOptions,
  type LeverChange,
  type Log,
} from '../src/index.js';
import { useBus } from './stack.js';

const NOON = 1_800_000_000_000;
const JITTER = 'poll.jitter';
const bytes = (text: string) => new TextEncoder().encode(text);

describe('levers', () => {
  const nats = useNats();
  const stack = useBus(nats);
  const dir = useTempDir();
  let boards: LeverBoard[];
  let now: number;
  let said: { fields: object; message: string }[];
  const note = (fields: object, message: string) => void said.push({ fields, message });
  const log: Log = { info: note, warn: note, error: note };
  const clock = { now: () => now };

  beforeEach(async () => {
    boards = [];
    said = [];
    now = NOON;
    await inner(stack.bus)
      .api.streams.delete('KV_levers')
      .catch(() => false);
    await ensureBuckets(stack.bus, [LEVERS_BUCKET]);
  });
  afterEach(async () => {
    for (const board of boards) await board.stop();
  });

  const open = async (more: Partial<LeverBoardOptions> = {}) => {
    const board = await openLeverBoard({ bus: stack.bus, clock, log, ...more });
    boards.push(board);
    return board;
  };
  const turn = (value: unknown, more: { key?: LeverKey; event?: string; until?: number } = {}) => {
    const { key = JITTER, event, until } = more;
    return turnLever(stack.bus, { scope: event, key }, { value, who: 'ann', why: 'test', at: now, until });
  };
  const byHand = (text: string, key: string = recordKey(undefined, JITTER)) =>
    openBucket(stack.bus, LEVERS_BUCKET).put(key, bytes(text));

  describe('openLeverBoard', () => {
    it('is at the defaults, then follows every turn, for all events or one', async () => {
      const board = await open();
      expect(board.source).toBe('bucket');
      expect(board.of('final')).toMatchObject({ rev: 0, levers: { [JITTER]: 0.2 } });
      const seen: LeverChange[] = [];
      board.onChange((changes) => seen.push(...changes));
      const first = await turn(0.3);
      await eventually(() => board.of('final').rev === first.revision);
      const second = await turn(0.1, { event: 'final' });
      await eventually(() => board.of('final').rev === second.revision);
      expect([board.of('other'), board.of('final')]).toMatchObject([
        { rev: first.revision, levers: { [JITTER]: 0.3 } },
        { rev: second.revision, levers: { [JITTER]: 0.1 } },
      ]);
      expect(seen).toEqual([
        { event: undefined, key: JITTER, from: 0.2, to: 0.3 },
        { event: 'final', key: JITTER, from: 0.3, to: 0.1 },
      ]);
      expect(board.explain('final').find(({ lever }) => lever.key === JITTER)).toMatchObject({
        from: 'event',
        turn: { record: { who: 'ann', why: 'test', at: NOON } },
      });
    });

    it('passes over what is not acceptable, the same whether it was there when that came or started later', async () => {
      const early = await open();
      await turn(0.4);
      await byHand('{"value": 0.9}');
      await byHand('no JSON');
      await byHand('{"value": 1}', 'global.no.lever');
      const { revision } = await turn('top', { key: 'everyone.mode' });
      await eventually(() => early.of().rev === revision);
      const late = await open();
      expect(late.of()).toEqual(early.of());
      expect(late.of().levers).toMatchObject({ [JITTER]: 0.4, 'everyone.mode': 'top' });
      const reasons = said.filter(({ message }) => message.includes('passed over'));
      expect(reasons).toHaveLength(6);
      expect(reasons[0]!.fields).toMatchObject({ key: 'global.poll.jitter', reason: expect.stringContaining('0.9') });
    });

    it('goes back by itself when a lease ends', async () => {
      const board = await open();
      await turn(0.3);
      await turn(0.5, { until: NOON + 60_000 });
      await eventually(() => board.of().levers[JITTER] === 0.5);
      const seen: LeverChange[] = [];
      board.onChange((changes) => seen.push(...changes));
      now = NOON + 60_000;
      expect(board.of().levers[JITTER]).toBe(0.3);
      await eventually(() => seen.length > 0);
      expect(seen).toEqual([{ event: undefined, key: JITTER, from: 0.5, to: 0.3 }]);
    });

    it('keeps its values while the server is out, and has what was turned meanwhile', async () => {
      const board = await open();
      await turn(0.3);
      await eventually(() => board.of().levers[JITTER] === 0.3);
      await nats.kill();
      await eventually(() => !board.caughtUp);
      expect(board.of().levers[JITTER]).toBe(0.3);
      await nats.restart();
      const other = await connectBus({ servers: nats.url, name: 'other' });
      await turnLever(other, { scope: undefined, key: JITTER }, { value: 0.4, who: '', why: '', at: now });
      await other.close();
      await eventually(() => board.of().levers[JITTER] === 0.4, { timeoutMs: 10_000 });
      expect(board.caughtUp).toBe(true);
    }, 20_000);

    it('follows a bucket that was made anew, and its revision does not go back', async () => {
      const board = await open();
      for (const value of [0.3, 0.4, 0.5]) await turn(value);
      await eventually(() => board.of().rev === 3);
      const revs: number[] = [];
      board.onChange(() => revs.push(board.of().rev));
      await inner(stack.bus).api.streams.delete('KV_levers');
      await ensureBuckets(stack.bus, [LEVERS_BUCKET]);
      await turn(0.1);
      await eventually(() => board.of().levers[JITTER] === 0.1, { timeoutMs: 15_000 });
      expect(revs.filter((rev) => rev < 3)).toEqual([]);
      for (const value of [0.2, 0.3, 0.4]) await turn(value);
      await eventually(() => board.of().rev === 4);
      expect(board.of().levers[JITTER]).toBe(0.4);
    }, 20_000);

    it('starts without the bucket, and has its values when it is made', async () => {
      await inner(stack.bus).api.streams.delete('KV_levers');
      const board = await open({ waitMs: 50 });
      expect([board.source, board.caughtUp, board.of().rev]).toEqual(['defaults', false, 0]);
      await ensureBuckets(stack.bus, [LEVERS_BUCKET]);
      await turn(0.3);
      await eventually(() => board.of().levers[JITTER] === 0.3);
      expect(board.source).toBe('bucket');
    });

    it('is not stopped by a listener that fails', async () => {
      const board = await open();
      const seen: LeverChange[] = [];
      board.onChange(() => {
        throw new Error('of the test');
      });
      const off = board.onChange((changes) => seen.push(...changes));
      await turn(0.3);
      await turn(0.4);
      await eventually(() => seen.length === 2);
      off();
      await turn(0.5);
      await eventually(() => board.of().levers[JITTER] === 0.5);
      expect(seen).toHaveLength(2);
    });
  });

  describe('the copy on disk', () => {
    const noBus = () => new Promise<Bus>(() => undefined);

    it('has the last known values when NATS does not answer, until it does', async () => {
      const file = join(dir.path, 'new', 'levers.json');
      const board = await open({ file });
      await turn(0.3, { event: 'final' });
      await turn(0.5, { until: NOON + 60_000 });
      await eventually(() => board.of('other').rev === 2);
      await board.stop();

      let arrive: (bus: Bus) => void = () => undefined;
      const bus = new Promise<Bus>((resolve) => (arrive = resolve));
      const later = await open({ bus, file, waitMs: 20 });
      expect(later.source).toBe('copy');
      expect(later.of('final')).toEqual(board.of('final'));
      expect(later.of().levers[JITTER]).toBe(0.5);
      now = NOON + 60_000;
      expect(later.of().levers[JITTER]).toBe(0.2);
      await turn(0.1, { event: 'final' });
      arrive(stack.bus);
      await eventually(() => later.of('final').levers[JITTER] === 0.1);
      expect(later.source).toBe('bucket');
    });

    it.each(['', 'no JSON', '[]', '{"v":2}', '{"v":1,"rev":1,"entries":[7]}'])(
      'is left aside when it reads %j',
      async (text) => {
        const file = join(dir.path, 'broken.json');
        await writeFile(file, text);
        const board = await open({ bus: noBus(), file, waitMs: 1 });
        expect([board.source, board.of().rev]).toEqual(['defaults', 0]);
        expect(said.map(({ message }) => message)).toContain('the copy of the levers cannot be read');
      },
    );

    it('cannot bring in values that are not acceptable', async () => {
      const file = join(dir.path, 'edited.json');
      const entry = { key: recordKey(undefined, JITTER), revision: 1, json: { value: 40 }, at: 1 };
      await writeFile(file, JSON.stringify({ v: 1, rev: 1, entries: [entry] }));
      const board = await open({ bus: noBus(), file, waitMs: 1 });
      expect(board.of()).toMatchObject({ rev: 1, levers: { [JITTER]: 0.2 } });
    });

    it('may be impossible, once said', async () => {
      await writeFile(join(dir.path, 'file'), '');
      const board = await open({ file: join(dir.path, 'file', 'levers.json') });
      await turn(0.3);
      await turn(0.4);
      await eventually(() => board.of().levers[JITTER] === 0.4);
      await board.stop();
      expect(said.filter(({ message }) => message.includes('cannot be written'))).toHaveLength(1);
    });

    it('is written whole', async () => {
      const file = join(dir.path, 'whole.json');
      const board = await open({ file });
      for (let turned = 0; turned < 20; turned++) await turn(turned % 2 === 0 ? 0.1 : 0.2);
      await eventually(() => board.of().rev === 20);
      await board.stop();
      expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ v: 1, rev: 20, entries: [{ revision: 20 }] });
    });

    it('survives a bus that never comes', async () => {
      const bus = connectBus({ servers: 'nats://127.0.0.1:1', name: 'nobody', deadlineMs: 1 });
      const board = await open({ bus, waitMs: 5_000 });
      await eventually(() => said.some(({ message }) => message.includes('cannot be read')));
      expect(board.source).toBe('defaults');
    });
  });

  describe('turnLever and leverHistory', () => {
    it('keep who, when and why, also of what was wrong or deleted', async () => {
      await turn(0.3);
      await byHand('{"value": 7}');
      await openBucket(stack.bus, LEVERS_BUCKET).delete(recordKey(undefined, JITTER));
      await turn(0.4, { until: NOON + 9 });
      await turn(null);
      const past = await leverHistory(stack.bus, { scope: undefined, key: JITTER });
      expect(past).toMatchObject([
        { state: 'set', revision: 1, record: { value: 0.3, who: 'ann', why: 'test', at: NOON } },
        { state: 'ignored', reason: expect.stringContaining('7 is outside') },
        { state: 'deleted' },
        { state: 'set', record: { value: 0.4, until: NOON + 9, base: null } },
        { state: 'set', revision: 5, record: { value: null } },
      ]);
      expect(await leverHistory(stack.bus, { scope: 'final', key: JITTER })).toEqual([]);
    });

    it('refuse what no process would accept', async () => {
      await expect(turn(0.9)).rejects.toMatchObject({ name: 'LeverRefused', code: 'lever_range' });
      await turn(2, { key: 'everyone.epoch' });
      await expect(turn(1, { key: 'everyone.epoch' })).rejects.toMatchObject({ code: 'lever_shrinks' });
      await expect(turn(0.3, { event: 'No Event' })).rejects.toMatchObject({ code: 'lever_record' });
      expect(await leverHistory(stack.bus, { scope: undefined, key: JITTER })).toEqual([]);
    });

    it('lose nothing when two people turn the same at once', async () => {
      const tries = await Promise.allSettled([0.1, 0.2, 0.3, 0.4].map((value) => turn(value)));
      const stored = tries.filter(({ status }) => status === 'fulfilled').length;
      const failures = tries.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Error).name] : []));
      expect(await leverHistory(stack.bus, { scope: undefined, key: JITTER })).toHaveLength(stored);
      expect(new Set([...failures, 'WrongLastSequence'])).toEqual(new Set(['WrongLastSequence']));
    });

    it('keep 64 turns of each, and a lease remembers what was before all of them', async () => {
      await turn(0.1);
      for (let lease = 0; lease < 70; lease++) await turn(0.4, { until: NOON + 1 });
      expect(await leverHistory(stack.bus, { scope: undefined, key: JITTER })).toHaveLength(64);
      const board = await open();
      now = NOON + 1;
      expect(board.of().levers[JITTER]).toBe(0.1);
    }, 20_000);

    it('fail when there is no bucket', async () => {
      await inner(stack.bus).api.streams.delete('KV_levers');
      await expect(turn(0.3)).rejects.toMatchObject({ name: 'StreamMissing' });
    });
  });
});
