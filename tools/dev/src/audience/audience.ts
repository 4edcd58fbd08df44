import type { Audience as Visibility, Author, PostedBody } from '@groundswell/protocol';
import type { Community } from './community.js';
import { match, MATCH_S, type Match } from './match.js';
import { random, type Random } from './random.js';
import { writeComment, writeStatus, type Occasion } from './write-text.js';

/** Where the audience posts. */
export interface Stage {
  postStatus(author: Author, text: string, audience: Visibility): Promise<PostedBody>;
  postComment(author: Author, of: string, text: string): Promise<PostedBody>;
}

export interface AudienceOptions {
  seed: number;
  community: Community;
  stage: Stage;
  /** Waits; resolves early when the audience is stopped. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

const COMMENTS = 0.2;
const FRIENDS_ONLY = 0.05;
/** Statuses that can still be commented on. */
const RECENT = 30;
/** Posts on their way; beyond that people wait, as behind a busy network. */
const IN_FLIGHT = 24;
const PAUSE_MS = { first: 1_000, longest: 10_000 };

/** Posts as a few hundred people would while a match is on, until it is stopped. Failures make it pause, never end. */
export class Audience {
  private readonly stopping = new AbortController();
  private readonly inFlight = new Set<Promise<void>>();
  private readonly friendsOf: ReadonlyMap<string, readonly Author[]>;
  private recent: string[] = [];
  /** Failures since the last post that was stored. */
  private failures = 0;
  private running: Promise<void> | undefined;

  constructor(private readonly options: AudienceOptions) {
    this.friendsOf = friendsIn(options.community);
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await Promise.all(this.inFlight);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    for (let number = 0; !signal.aborted; number++) await this.watch(match(this.options.seed + number), number);
  }

  /** One match, in the time that passes: pauses stretch it. */
  private async watch(show: Match, number: number): Promise<void> {
    const { seed, sleep } = this.options;
    const { signal } = this.stopping;
    const dice = random(seed * 7919 + number);
    let second = 0;
    while (second < MATCH_S && !signal.aborted) {
      const wait = -Math.log(1 - dice.next()) / show.rateAt(second);
      second += wait;
      await sleep(wait * 1000 + this.pauseMs(), signal);
      if (signal.aborted || this.inFlight.size >= IN_FLIGHT) continue;
      this.post(show, { number, second, dice });
    }
  }

  private pauseMs(): number {
    return this.failures === 0 ? 0 : Math.min(PAUSE_MS.longest, PAUSE_MS.first * 2 ** (this.failures - 1));
  }

  private post(show: Match, { number, second, dice }: { number: number; second: number; dice: Random }): void {
    const { mood, minute } = show.moodAt(second);
    const author = dice.pick(this.options.community.audience);
    const friend = dice.pick(this.friendsOf.get(author.id) ?? this.options.community.audience);
    const sent = this.send(author, { mood, minute, match: number, friend }, dice).then(
      () => void (this.failures = 0),
      () => void this.failures++,
    );
    this.inFlight.add(sent);
    void sent.finally(() => this.inFlight.delete(sent));
  }

  private async send(author: Author, occasion: Occasion, dice: Random): Promise<void> {
    const { stage } = this.options;
    if (this.recent.length > 0 && dice.chance(COMMENTS)) {
      await stage.postComment(author, dice.pick(this.recent), writeComment(occasion, dice));
      return;
    }
    const audience = dice.chance(FRIENDS_ONLY) ? 'friends' : 'everyone';
    const { id } = await stage.postStatus(author, writeStatus(occasion, dice), audience);
    if (audience === 'everyone') this.recent = [...this.recent.slice(1 - RECENT), id];
  }
}

function friendsIn({ audience, friendships }: Community): Map<string, Author[]> {
  const byId = new Map(audience.map((member) => [member.id, member]));
  const friends = new Map<string, Author[]>();
  for (const [a, b] of friendships) {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const friend = byId.get(other);
      if (friend) friends.set(one, [...(friends.get(one) ?? []), friend]);
    }
  }
  return friends;
}
