import { readOutbox } from '@groundswell/store';
import { eventually } from '@groundswell/testing';
import { jest } from '@jest/globals';
import { deleteStream } from './delete-stream.js';
import { LEASE_MS } from '../src/schedule/planner.js';
import { mailTownStage } from './mail-town-stage.js';
import { redisCommand } from './redis-command.js';

jest.setTimeout(30_000);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('of letters, what is lost', () => {
  const stage = mailTownStage();
  const toldOnce = (told = stage.town.expected()) => ({ told, ids: told.length, twice: [] });

  it('with the whole queue, while letters are outstanding, is made again', async () => {
    await stage.change();
    const one = await stage.start({ HOLD_AT: 'check' });
    await stage.untilLetters();
    await one.says(/^held/);
    await deleteStream(stage.nats.port, 'NOTIFY');
    one.release();
    await eventually(() => stage.delivered.length > 0);
    await stage.finish();
    expect(stage.heard).toEqual(toldOnce());
  });

  it('with Redis, which comes back from an old file after letters went out, is told later and nothing twice', async () => {
    expect(await redisCommand(stage.redis.port, 'SAVE')).toBe('+OK');
    const { position } = stage.town;
    await stage.change();
    await stage.start();
    await stage.finish(HOUR);
    expect(stage.heard).toEqual(toldOnce(stage.town.toldSoon()));

    await stage.redis.restart();
    await eventually(() => stage.store.up);
    stage.clock.pass(5 * HOUR);
    await stage.idle();
    expect(stage.heard).toEqual(toldOnce(stage.town.toldSoon()));
    await stage.town.replay(position);
    stage.clock.pass(LEASE_MS);
    await stage.finish();
    expect(stage.heard).toEqual(toldOnce());
  });

  it('with Redis, which comes back from a file in which letters that went out still wait, is told nothing twice', async () => {
    await stage.change();
    const one = await stage.start({ HOLD_AT: 'check' });
    await stage.untilLetters();
    await one.says(/^held/);
    expect(await redisCommand(stage.redis.port, 'SAVE')).toBe('+OK');
    const outbox = async () => (await readOutbox(stage.store, stage.town.watchers)).flat().length;
    const waiting = await outbox();
    one.release();
    await stage.finish(HOUR);
    expect(await outbox()).toBeLessThan(waiting);

    await stage.redis.restart();
    await eventually(() => stage.store.up);
    expect(await outbox()).toBe(waiting);
    stage.clock.pass(LEASE_MS);
    await stage.finish();
    expect([stage.heard, await outbox()]).toEqual([toldOnce(), 0]);
  });

  it('with Redis, which is flushed, are notices that were not sent, and no letter is wrong', async () => {
    await stage.change();
    await stage.start();
    await stage.finish(HOUR);
    expect(stage.heard).toEqual(toldOnce(stage.town.toldSoon()));

    await redisCommand(stage.redis.port, 'FLUSHALL');
    await stage.town.replay();
    stage.clock.pass(LEASE_MS);
    await stage.finish();
    const lost = stage.town.expected().length - stage.heard.told.length;
    process.stdout.write(`Redis flushed: ${lost} of ${stage.town.expected().length} notices lost\n`);
    expect(stage.heard).toEqual(toldOnce(stage.town.toldSoon()));

    // What is published from then on is told as ever.
    await stage.town.change(stage.clock.now, 'engaged', 'married');
    stage.clock.pass(MINUTE);
    await stage.finish();
    expect(stage.heard).toEqual(
      toldOnce([...stage.town.toldSoon(), ...stage.town.expected('engaged', 'married')].sort()),
    );
  });
});
