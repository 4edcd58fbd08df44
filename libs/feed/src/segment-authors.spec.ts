import { EventFeed } from './event-feed.js';
import { plainRender, ScriptedLog, take } from './scripted-log.js';

describe('authors of a segment', () => {
  it('are those of everything public that was seen, with those of the stories below which it stands', () => {
    const log = new ScriptedLog();
    const story = log.status('ada');
    log.status('secret', 'friends');
    log.comment('ben', story, 'ada');
    log.tick();
    log.counts(story, 'ada', { likes: 1 });
    log.retract(story, 'ada');
    log.comment('cleo', 'x'.repeat(16), 'dora');
    log.tick();
    log.tick();
    const { reader } = log;
    expect([1, 2, 3, 4].map((n) => reader.authors(n)?.toSorted())).toEqual([
      ['ada', 'ben'],
      ['ada', 'cleo', 'dora'],
      [],
      undefined,
    ]);
  });

  it('tell of what the caps cut, and are forgotten with the segment', () => {
    const log = new ScriptedLog({ 'everyone.mode': 'paused' }, { segments: 2 });
    for (const author of ['ada', 'ben', 'cleo']) {
      log.status(author);
      log.tick();
    }
    expect([1, 2, 3].map((n) => log.reader.authors(n))).toEqual([undefined, ['ben'], ['cleo']]);
  });

  it('are the same on a node that started later', () => {
    const log = new ScriptedLog({}, { segments: 2 });
    for (let i = 0; i < 6; i++) {
      log.now = (log.now ?? 0) + 700_000;
      log.status(`m${i}`);
      log.tick();
    }
    const ticks = log.entries.flatMap((entry) => (entry.kind === 'tick' ? [entry] : []));
    const { replayFrom, serveFrom } = ticks.at(-1)!.message;
    const start = ticks.find(({ message }) => message.n === replayFrom.n)!;
    const anchor = { seq: start.seq, tick: start.message, serveFrom };
    const late = new EventFeed({ render: plainRender, segments: 2, anchor });
    for (const entry of log.entries) if (entry.seq > start.seq) take(late, entry);
    const { reader } = log;
    expect([5, 6].map((n) => late.authors(n))).toEqual([5, 6].map((n) => reader.authors(n)));
    expect(late.authors(6)).toEqual(['m5']);
  });
});
