import type { HelloMessage, ItemFrame, SegFrame, ServerFrame } from '@groundswell/protocol';
import type { MemoryLink, MemoryNetwork } from './memory-network.js';
import {
  EPOCH,
  everyoneMark,
  everyoneSnap,
  friendsMark,
  friendsSnap,
  item,
  itemId,
  segment,
  story,
  welcome,
} from './model-ops.js';

interface Greeted {
  link: MemoryLink;
  segments: number;
  items: number;
}

/** A correct server in 100 lines: one log for both tabs, exact resumes, marks that count what was sent. */
export class ModelServer {
  readonly #network: MemoryNetwork;
  readonly #seen = new Set<MemoryLink>();
  #greeted: Greeted | undefined;
  /** Number of the last segment, and position of the last Friends item. */
  n = 0;
  seqs: number[] = [];

  constructor(network: MemoryNetwork) {
    this.#network = network;
  }

  /** Accepts a new connection and answers its hello. */
  serve(): void {
    const link = this.#network.links.at(-1);
    if (!link || this.#seen.has(link) || !link.isOpen) return;
    this.#seen.add(link);
    link.accept();
    const [hello] = link.sent;
    if (hello?.t === 'hello') this.#welcome(link, hello);
  }

  tick(): void {
    this.n++;
    this.#sendSegment(segment(this.n));
  }

  post(step: number): void {
    this.seqs.push(this.seq + step);
    this.#sendItem(item(this.seq));
  }

  /** Sends a segment and an item again that were sent before, as a confused server could. */
  repeat(back: number): void {
    if (this.n > back) this.#sendSegment(segment(this.n - back));
    const seq = this.seqs.at(-1 - back);
    if (seq !== undefined) this.#sendItem(item(seq));
  }

  /** Sends what a node of an earlier epoch would. */
  stale(n: number): void {
    this.#sendSegment(segment(n + 1, EPOCH - 1));
    this.#greeted?.link.push(everyoneSnap(n + 50, [], EPOCH - 1), friendsMark(n + 500, 0, EPOCH - 1));
  }

  mark(): void {
    const { link, segments, items } = this.#greeted ?? {};
    link?.push(everyoneMark(this.n, segments ?? 0), friendsMark(this.seq, items ?? 0));
  }

  get seq(): number {
    return this.seqs.at(-1) ?? 0;
  }

  /** Ids of everything in Everyone, newest first. */
  get everyoneIds(): string[] {
    return Array.from({ length: this.n }, (_, i) => itemId((this.n - i) * 10));
  }

  get friendsIds(): string[] {
    return this.seqs.map(itemId).toReversed();
  }

  #welcome(link: MemoryLink, hello: HelloMessage): void {
    this.#greeted = { link, segments: 0, items: 0 };
    const frames: ServerFrame[] = [welcome()];
    const everyone = hello.everyone?.epoch === EPOCH ? hello.everyone : null;
    const friends = hello.friends?.epoch === EPOCH ? hello.friends : null;
    if (hello.everyone && !everyone) frames.push({ t: 'reset', tab: 'everyone', reason: 'epoch' });
    if (hello.friends && !friends) frames.push({ t: 'reset', tab: 'friends', reason: 'epoch' });
    if (!everyone)
      frames.push(
        everyoneSnap(
          this.n,
          this.everyoneIds.map((_, i) => story((this.n - i) * 10)),
        ),
      );
    if (!friends) frames.push(friendsSnap(this.seq, this.seqs.toReversed().map(story)));
    link.push(...frames);
    for (let n = (everyone?.n ?? this.n) + 1; n <= this.n; n++) this.#sendSegment(segment(n));
    for (const seq of this.seqs.filter((known) => known > (friends?.seq ?? this.seq))) this.#sendItem(item(seq));
  }

  #sendSegment(frame: SegFrame): void {
    if (!this.#greeted) return;
    this.#greeted.segments++;
    this.#greeted.link.push(frame);
  }

  #sendItem(frame: ItemFrame): void {
    if (!this.#greeted) return;
    this.#greeted.items++;
    this.#greeted.link.push(frame);
  }
}
