import { envelope, subjects } from '@groundswell/contracts';
import type { Audience } from '@groundswell/protocol';
import { applySide, follows, sideChanges, shuns, STRANGERS, takesAway } from '@groundswell/social';
import type { Side, SocialCommand } from '@groundswell/social';
import fc from 'fast-check';
import { graphInForce } from '../graph/graph-reader.js';
import { PaperSocket } from '../hub/paper-socket.js';
import { EPOCH, ScriptedEvent } from './scripted-event.js';

/** Printed with the title; `SEED` plays a run again. */
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const MEMBERS = ['ada', 'ben', 'cleo', 'dora'];
const VIEWERS = ['ada', 'ben', 'vera'];

const member = fc.constantFrom(...MEMBERS, 'vera');
const pair = fc.tuple(member, member).filter(([a, b]) => a !== b);
const command: fc.Arbitrary<SocialCommand> = fc.oneof(
  {
    weight: 4,
    arbitrary: pair.map((edge) => ({
      kind: 'friendship' as const,
      message: { edges: [edge], on: true, mutual: true },
    })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(pair, fc.boolean())
      .map(([edge, on]) => ({ kind: 'friendship' as const, message: { edges: [edge], on, mutual: false } })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('block' as const, 'mute' as const), pair, fc.boolean())
      .map(([kind, [by, to], on]) => ({ kind, message: { by, to, on } })),
  },
);

const audience = fc.constantFrom<Audience>('everyone', 'friends');
const step = fc.oneof(
  { weight: 5, arbitrary: command.map((said) => ({ t: 'say' as const, said })) },
  { weight: 3, arbitrary: fc.record({ t: fc.constant('read' as const), count: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 6, arbitrary: fc.record({ t: fc.constant('status' as const), author: member, audience }) },
  { weight: 4, arbitrary: fc.record({ t: fc.constant('comment' as const), author: member, of: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ t: fc.constant('tick' as const), social: fc.nat(5) }) },
  {
    weight: 3,
    arbitrary: fc.record({ t: fc.constant('come' as const), viewer: fc.constantFrom(...VIEWERS), stored: fc.nat(4) }),
  },
  { weight: 1, arbitrary: fc.record({ t: fc.constant('go' as const), which: fc.nat() }) },
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Story {
  id: string;
  author: string;
  audience: Audience;
}

interface Written extends Story {
  storyAuthor: string;
}

interface Viewer {
  member: string;
  socket: PaperSocket;
  expected: string[];
  isHere: boolean;
}

/** Both logs, a node that reads them at its own pace, and what each viewer must have got by the rules alone. */
class Play {
  readonly viewers: Viewer[] = [];
  /** Of viewers when they came: the stories shown to them, and those that they may see. */
  readonly snapshots: { shown: string[]; allowed: string[] }[] = [];
  private readonly event = new ScriptedEvent();
  private readonly said: SocialCommand[] = [];
  private readonly stories: Story[] = [];
  private read = 0;
  private inForce = 0;

  async step(next: Step): Promise<void> {
    switch (next.t) {
      case 'say':
        this.said.push(next.said);
        break;
      case 'read':
        this.readUpTo(Math.min(this.said.length, this.read + next.count));
        break;
      case 'status': {
        const id = await this.event.status(next.author, next.audience);
        this.stories.push({ id, author: next.author, audience: next.audience });
        this.expect({ id, author: next.author, storyAuthor: next.author, audience: next.audience });
        break;
      }
      case 'comment':
        await this.comment(next.author, this.stories[next.of % Math.max(1, this.stories.length)]);
        break;
      case 'tick':
        await this.tick(Math.min(this.said.length, this.inForce + next.social));
        break;
      case 'come':
        await this.come(next.viewer, Math.max(0, this.said.length - next.stored));
        break;
      case 'go': {
        const viewer = this.viewers[next.which % Math.max(1, this.viewers.length)];
        if (viewer?.isHere) this.go(viewer);
        break;
      }
      default:
        next satisfies never;
    }
  }

  /** Lets everything through that waits for its time. */
  flush(): void {
    this.event.time.now += 10_000;
    for (const { socket, isHere } of this.viewers) if (isHere) this.event.room.friends.flush(socket.connection);
  }

  private readUpTo(position: number): void {
    for (; this.read < position; this.read++) {
      const { kind } = this.said[this.read]!;
      const message = { ...(this.said[this.read] as { message: object }).message, at: 0 };
      const { subject, data } = envelope({ subject: subjects.social(kind), id: 'x', source: '/spec', at: 0, message });
      this.event.social.take([{ subject, seq: this.read + 1, data }]);
    }
  }

  private async comment(author: string, story: Story | undefined): Promise<void> {
    if (!story) return;
    const id = await this.event.comment(author, story.id, story.author, story.audience);
    this.expect({ id, author, storyAuthor: story.author, audience: story.audience });
  }

  /** The tick may name what the node has not read yet: it then waits for it. */
  private async tick(social: number): Promise<void> {
    const ticking = this.event.tick(social);
    this.readUpTo(Math.max(this.read, social));
    await ticking;
    this.inForce = social;
  }

  private async come(id: string, stored: number): Promise<void> {
    const { room, social } = this.event;
    for (let attempt = 0; attempt < 3; attempt++) {
      const verdict = graphInForce({
        member: id,
        stored: { checkpoint: { created: EPOCH, seq: stored }, sides: this.sidesOf(id, stored) },
        created: EPOCH,
        ring: social.ring,
        inForce: room.graph.position,
      });
      if (verdict.ready) {
        const socket = new PaperSocket(this.viewers.length, id);
        room.graph.admit(id, socket.connection, verdict.read);
        room.friends.attach(socket.connection, null);
        const [snapshot] = socket.take();
        const shown = snapshot?.t === 'snap' ? snapshot.stories.map(({ add }) => add.id) : ['no snapshot'];
        const allowed = this.stories.filter((story) => this.sees(id, { ...story, storyAuthor: story.author }));
        this.snapshots.push({ shown: shown.toSorted(), allowed: allowed.map((story) => story.id).toSorted() });
        this.viewers.push({ member: id, socket, expected: [], isHere: true });
        return;
      }
      if (verdict.why === 'behind') this.readUpTo(this.said.length);
      else await this.tick(this.read);
    }
    throw new Error('A viewer was never let in.');
  }

  private go(viewer: Viewer): void {
    viewer.isHere = false;
    this.event.room.friends.flush(viewer.socket.connection);
    this.event.room.friends.detach(viewer.socket.connection);
    this.event.room.index.remove(viewer.member, viewer.socket.connection);
  }

  private expect(item: Written): void {
    for (const viewer of this.viewers) {
      if (viewer.isHere && this.sees(viewer.member, item)) viewer.expected.push(item.id);
    }
  }

  /** By the graph of the last tick, less what has been taken away since as far as the node has read. */
  private sees(viewer: string, { author, storyAuthor, audience: scope }: Omit<Written, 'id'>): boolean {
    const sides = this.sidesOf(viewer, this.inForce);
    for (const change of this.said.slice(this.inForce, this.read).flatMap((said) => sideChanges(said))) {
      if (change.member !== viewer || !takesAway(change)) continue;
      sides.set(change.other, ((sides.get(change.other) ?? STRANGERS) & ~change.clear) | change.set);
    }
    const side = (other: string): Side => sides.get(other) ?? STRANGERS;
    if (shuns(side(author)) || shuns(side(storyAuthor))) return false;
    const isOf = (other: string): boolean => other === viewer || follows(side(other));
    return isOf(storyAuthor) || (scope === 'everyone' && isOf(author));
  }

  private sidesOf(viewer: string, position: number): Map<string, Side> {
    const sides = new Map<string, Side>();
    for (const change of this.said.slice(0, position).flatMap((said) => sideChanges(said))) {
      if (change.member === viewer) {
        sides.set(change.other, applySide(sides.get(change.other) ?? STRANGERS, change));
      }
    }
    return sides;
  }
}

describe('Friends while the graph changes', () => {
  it(`misses nothing and leaks nothing, in any order of both logs and of viewers (seed ${SEED})`, async () => {
    let items = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 120 }), async (steps) => {
        const play = new Play();
        for (const next of steps) await play.step(next);
        play.flush();
        for (const { shown, allowed } of play.snapshots) expect(shown).toEqual(allowed);
        for (const { socket, expected } of play.viewers) {
          const got = socket.take().flatMap((frame) => (frame.t === 'item' ? [(frame.op as { id: string }).id] : []));
          expect(got).toEqual(expected);
          items += got.length;
        }
      }),
      { seed: SEED, numRuns: 1_000 },
    );
    expect(items).toBeGreaterThan(1_000);
  }, 60_000);
});
