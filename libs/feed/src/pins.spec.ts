import { EventFeed } from './event-feed.js';
import { MAX_PINS } from './pins.js';
import { itemId, plainRender, ScriptedLog, take } from './scripted-log.js';

/** Ids that segment n pins; undefined when it says nothing of pins. */
function pinned(feed: EventFeed, n: number): string[] | undefined {
  const op = feed.segment(n)!.ops.find(({ op: { t } }) => t === 'pin')?.op;
  return op?.t === 'pin' ? op.stories.map(({ id }) => id) : undefined;
}

const inSnapshot = (feed: EventFeed) => feed.snapshot(feed.head!.n)!.pinned.map(({ op }) => op.id);

describe('pins', () => {
  it('are said in the segment after, and in every snapshot from then on', () => {
    const log = new ScriptedLog({ 'everyone.mode': 'paused' });
    const [first, second] = [log.status('ada'), log.status('ben')];
    log.tick();
    log.pin(first);
    log.pin(second);
    expect(log.reader.waiting).toBe(2);
    log.tick();
    log.tick();
    expect([pinned(log.reader, 2), pinned(log.reader, 3)]).toEqual([[second, first], undefined]);
    expect(log.reader.segment(2)).toMatchObject({ seen: 0, shown: 0 });
    expect(inSnapshot(log.reader)).toEqual([second, first]);
    log.pin(first, false);
    log.tick();
    expect([pinned(log.reader, 4), inSnapshot(log.reader)]).toEqual([[second], [second]]);
  });

  it('are a few: the oldest leaves, and one that is pinned again moves to the front', () => {
    const log = new ScriptedLog();
    const ids = Array.from({ length: MAX_PINS + 1 }, () => log.status('ada'));
    for (const id of ids) log.pin(id);
    log.pin(ids[1]!);
    log.tick();
    expect(inSnapshot(log.reader)).toEqual([ids[1], ids[3], ids[2]]);
  });

  it('are known to a node that starts from a later tick, and to a ticker on it', () => {
    const log = new ScriptedLog();
    log.pin(log.status('ada'));
    log.tick();
    log.status('ben');
    const anchor = log.tick();
    const late = new EventFeed({ render: plainRender, anchor: { seq: log.entries.at(-1)!.seq, tick: anchor } });
    log.status('cem');
    log.tick();
    for (const entry of log.entries.slice(-2)) take(late, entry);
    expect(inSnapshot(late)).toEqual([itemId(1)]);
    const input = { epoch: 1, at: 9e9, social: 0, leverRev: 0, levers: log.levers };
    expect(late.nextTick(input).pins).toEqual(log.reader.nextTick(input).pins);
  });

  it('wait for the next tick when the one on its way does not know of them', () => {
    const log = new ScriptedLog();
    const story = log.status('ada');
    log.tick();
    log.pin(story);
    log.tick({ pins: { asOf: 0, stories: [] } });
    expect(pinned(log.reader, 2)).toBeUndefined();
    log.tick();
    expect(pinned(log.reader, 3)).toEqual([story]);
  });

  it('H6: a pinned story that is taken back is in no segment and no snapshot, and cannot be pinned again', () => {
    const log = new ScriptedLog();
    const [story, other] = [log.status('ada'), log.status('ben')];
    log.pin(other);
    log.pin(story);
    const { n } = log.tick();
    const { pins } = log.reader.nextTick({ epoch: 1, at: 9e9, social: 0, leverRev: 0, levers: log.levers });
    log.retract(story, 'ada');
    // Of a ticker that had not read the takedown.
    log.tick({ pins: pins! });
    log.tick();
    log.pin(story);
    log.tick();
    for (let i = n; i <= log.reader.head!.n; i++) {
      expect(JSON.stringify([log.reader.segment(i)!.ops, log.reader.snapshot(i)!.pinned])).not.toContain('"ada"');
    }
    expect(inSnapshot(log.reader)).toEqual([other]);
  });
});
