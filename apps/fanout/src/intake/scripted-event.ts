/** An event's log on paper, for specs: stored messages as a consumer hands them over, and a room that reads them. */
import { envelope, subjects, type Stored } from '@groundswell/contracts';
import { DEFAULT_LEVERS, type Levers } from '@groundswell/levers';
import type { Audience } from '@groundswell/protocol';
import { createLog, type Clock } from '@groundswell/runtime';
import { sideChanges, type SocialCommand } from '@groundswell/social';
import type { ViewerPast } from '../past/past-source.js';
import { Room } from './room.js';
import { SocialIntake } from './social-intake.js';

export const EVENT = 'final';
export const EPOCH = 1000;
export const MAX_BEHIND = 64;
const LEVERS = { 'everyone.segment_ms': 1000, 'everyone.segment_max_bytes': 262_144 };

export class ScriptedEvent {
  readonly time = { now: 0 };
  readonly clock: Clock = { now: () => this.time.now, monotonic: () => this.time.now };
  readonly social = new SocialIntake(0);
  readonly messages: Stored[] = [];
  readonly room: Room;
  /** What there is from before the window: nothing, unless a spec says so. */
  past: () => Promise<ViewerPast | undefined> = async () => undefined;
  private seq = 0;

  /** `turned`: levers that are not at their defaults; read as they stand. */
  constructor(private readonly turned: Partial<Levers> = {}) {
    this.room = this.another();
  }

  /** A second node that reads the same event. */
  another(): Room {
    return new Room({
      event: EVENT,
      epoch: EPOCH,
      social: this.social,
      past: { of: () => this.past() },
      clock: this.clock,
      secret: '',
      levers: () => ({ ...DEFAULT_LEVERS, 'page.max_behind': MAX_BEHIND, ...this.turned }),
      log: createLog('spec', 'silent'),
    });
  }

  async status(author: string, audience: Audience = 'everyone', text = 'text'): Promise<string> {
    const id = String(this.seq + 1).padStart(16, 'x');
    const message = { id, at: this.time.now, author: { id: author, name: author }, text, rev: 1 };
    await this.store(subjects.feed(EVENT, audience, 'status'), message);
    return id;
  }

  async comment(author: string, of: string, ofAuthor: string, audience: Audience = 'everyone'): Promise<string> {
    const id = String(this.seq + 1).padStart(16, 'x');
    const message = {
      id,
      at: this.time.now,
      author: { id: author, name: author },
      text: 'reply',
      rev: 1,
      of,
      ofAuthor,
    };
    await this.store(subjects.feed(EVENT, audience, 'comment'), message);
    return id;
  }

  /** `under`: for a comment, its story. */
  async retract(id: string, author: string, audience: Audience = 'everyone', under: object = {}): Promise<void> {
    await this.store(subjects.feed(EVENT, audience, 'retract'), { id, author, seq: 1, at: this.time.now, ...under });
  }

  async tick(social = this.social.position): Promise<void> {
    const input = { epoch: EPOCH, at: this.time.now, social, leverRev: 0, levers: LEVERS };
    await this.tickOf(this.room.feed.nextTick(input));
  }

  async tickOf(message: object): Promise<void> {
    await this.store(subjects.tick(EVENT), message);
  }

  /** `count` segments of one status each. */
  async segments(count: number, text?: string): Promise<void> {
    for (let i = 0; i < count; i++) {
      await this.status('ada', 'everyone', text);
      await this.tick();
    }
  }

  befriend(a: string, b: string): void {
    this.say({ kind: 'friendship', message: { edges: [[a, b]], on: true, mutual: true } });
  }

  unfriend(a: string, b: string): void {
    this.say({ kind: 'friendship', message: { edges: [[a, b]], on: false, mutual: true } });
  }

  /** A message about members, which every node has read at once. */
  say(command: SocialCommand): void {
    this.room.graphChanged(this.social.ring.push(this.social.position + 1, sideChanges(command)));
  }

  private async store(subject: string, message: object): Promise<void> {
    const { data } = envelope({ subject, id: 'x', source: '/spec', at: this.time.now, message });
    const stored = { subject, seq: ++this.seq, data };
    this.messages.push(stored);
    await this.room.take([stored]);
  }
}
