import type { AddOp } from '@groundswell/protocol';
import fc from 'fast-check';
import { plainRender } from './scripted-log.js';
import { Window, type HeldStory, type Item } from './window.js';

const AUTHORS = ['ada', 'ben', 'cleo'] as const;

function story(seq: number, id: string, author: string): Item<AddOp> {
  const op: AddOp = { t: 'add', id, seq, at: seq, author: { id: author, name: author }, text: 'text', rev: 1 };
  return { seq, audience: 'everyone', author, storyAuthor: author, rendered: plainRender(op) };
}

function positionsBy(window: Window, author: string): number[] {
  const positions: number[] = [];
  let held: HeldStory | undefined = window.newestBy(author);
  for (; held; held = held.earlier) {
    expect(held.earlier?.later ?? held).toBe(held);
    positions.push(held.item.seq);
  }
  return positions;
}

describe('Window', () => {
  it('knows the stories of each author, whatever is dropped, taken back or stands in the log twice', () => {
    const post = fc.record({ t: fc.constant('post' as const), n: fc.nat(9) });
    const steps = fc.array(
      fc.oneof(
        { weight: 4, arbitrary: post },
        { weight: 1, arbitrary: fc.record({ t: fc.constant('take back' as const), n: fc.nat(9) }) },
        { weight: 1, arbitrary: fc.record({ t: fc.constant('drop' as const), n: fc.nat(40) }) },
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const window = new Window();
        let expected: { seq: number; n: number }[] = [];
        let seq = 0;
        for (const { t, n } of all) {
          const author = AUTHORS[n % AUTHORS.length]!;
          if (t === 'drop') {
            window.dropUpTo(Math.min(n, seq));
            expected = expected.filter((one) => one.seq > n);
            continue;
          }
          seq++;
          expected = expected.filter((one) => one.n !== n);
          if (t === 'post') {
            window.addStory(story(seq, `id-${n}`, author));
            expected.unshift({ seq, n });
          } else {
            const rendered = plainRender({ t: 'tomb' as const, id: `id-${n}` });
            window.addTomb({ seq, audience: 'everyone', author, storyAuthor: author, rendered });
          }
          for (const [i, name] of AUTHORS.entries()) {
            const own = expected.filter((one) => one.n % AUTHORS.length === i).map((one) => one.seq);
            expect(positionsBy(window, name)).toEqual(own);
          }
          for (const one of expected) expect(window.story(`id-${one.n}`)?.item.seq).toBe(one.seq);
        }
      }),
      { numRuns: 500 },
    );
  });
});
