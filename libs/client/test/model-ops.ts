import type {
  AddOp,
  CommentOp,
  EveryoneCursor,
  FriendsCursor,
  SegFrame,
  Story,
  WelcomeFrame,
} from '@groundswell/protocol';

export const EPOCH = 7;
export const ANN = { id: 'ann', name: 'Ann' };

export function itemId(seq: number): string {
  return `item${String(seq).padStart(12, '0')}`;
}

export function add(seq: number, fields: Partial<AddOp> = {}): AddOp {
  return { t: 'add', id: itemId(seq), seq, at: seq * 1_000, author: ANN, text: `status ${seq}`, rev: 1, ...fields };
}

export function comment(seq: number, of: string, fields: Partial<CommentOp> = {}): CommentOp {
  return { ...add(seq), t: 'comment', of, text: `comment ${seq}`, ...fields } as CommentOp;
}

export function story(seq: number): Story {
  return { add: add(seq), comments: [], commentCount: 0, likes: 0 };
}

/** Segment n of a log in which every tick carries one status: at position n × 10. */
export function segment(n: number, epoch = EPOCH): SegFrame {
  return { t: 'seg', epoch, n, seq: [n * 10 - 9, n * 10], at: n * 1_000, seen: 1, shown: 1, ops: [add(n * 10)] };
}

export function item(seq: number): { t: 'item'; seq: number; op: AddOp } {
  return { t: 'item', seq, op: add(seq) };
}

export function welcome(fields: Partial<WelcomeFrame> = {}): WelcomeFrame {
  return { t: 'welcome', epoch: EPOCH, node: 'n1', now: 0, maxChars: 420, levers: { pingMs: 30_000 }, ...fields };
}

export function everyoneSnap(n: number, stories: Story[] = [], epoch = EPOCH) {
  const cursor: EveryoneCursor = { epoch, n };
  return { t: 'snap', tab: 'everyone', cursor, stories } as const;
}

export function friendsSnap(seq: number, stories: Story[] = [], epoch = EPOCH) {
  const cursor: FriendsCursor = { epoch, seq };
  return { t: 'snap', tab: 'friends', cursor, stories } as const;
}

export function everyoneMark(n: number, count: number, epoch = EPOCH) {
  return { t: 'mark', tab: 'everyone', cursor: { epoch, n }, count } as const;
}

export function friendsMark(seq: number, count: number, epoch = EPOCH) {
  return { t: 'mark', tab: 'friends', cursor: { epoch, seq }, count } as const;
}
