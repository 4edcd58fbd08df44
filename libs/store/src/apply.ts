import { isBarred } from '@groundswell/social';
import { APPLY } from './apply-script.js';
import { delayField, historyPart, keys, type LogName } from './keys.js';
import type { Op, Story } from './ops.js';
import { inner, type Store } from './store.js';

/** Statuses kept of an author, and comments under each of them: some are taken back, or from somebody who is blocked. */
export const NEWEST_KEPT = 50;
export const COMMENTS_KEPT = 8;

/** Messages in (`from`, `to`] as operations on one partition, in order; all of them that concern it. */
export interface Slice {
  partition: number;
  from: number;
  to: number;
  ops: readonly Op[];
}

/**
 * What a partition said. `seq` is its checkpoint now. `applied`: ops after the old checkpoint were. `ahead`: it had all
 * of them. `behind`: it lacks what comes before `from`. `foreign`: it was made from a log of another creation.
 */
export type Outcome =
  | { state: 'applied' | 'ahead' | 'behind'; seq: number }
  | { state: 'foreign'; created: number; seq: number };

export interface ApplyInput {
  log: LogName;
  /** Creation of the log, Unix milliseconds. */
  created: number;
  slices: readonly Slice[];
}

/**
 * Brings partitions of a view forward: data and checkpoint of each in one step. Outcomes are in the order of the slices;
 * all leave in one flight. Rejects when any could not be done; those that were are then passed over by a repeat.
 */
export function applySlices(store: Store, { log, created, slices }: ApplyInput): Promise<Outcome[]> {
  return Promise.all(slices.map((slice) => applySlice(store, log, created, slice)));
}

async function applySlice(store: Store, log: LogName, created: number, slice: Slice): Promise<Outcome> {
  const touched = [keys.checkpoint(log, slice.partition)];
  const args = [String(created), String(slice.from), String(slice.to), String(NEWEST_KEPT), String(COMMENTS_KEPT)];
  for (const op of slice.ops) encode(op, slice.partition, touched, args);
  const [state, seq, other] = (await inner(store).run(APPLY, touched, args)) as [Outcome['state'], number, string?];
  return state === 'foreign' ? { state, seq, created: Number(other) } : { state, seq };
}

function encode(op: Op, partition: number, touched: string[], args: string[]): void {
  const seq = String(op.seq);
  switch (op.kind) {
    case 'side': {
      const bar = isBarred(op.clear | op.set);
      touched.push(keys.sides(op.member), ...(bar ? [keys.bars(op.member)] : []));
      args.push(seq, bar ? 'bar' : 'side', op.other, `${op.clear} ${op.set}`);
      break;
    }
    case 'field':
      touched.push(keys[op.view](partition));
      args.push(seq, 'field', op.member, op.value);
      break;
    case 'consentTo':
      touched.push(keys.consentsTo(op.member));
      args.push(seq, 'field', op.watcher, op.answer ?? '');
      break;
    case 'put':
      touched.push(keys.item(op.event, op.id));
      args.push(seq, 'put', op.item, '');
      break;
    case 'tomb':
      touched.push(keys.item(op.event, op.id));
      args.push(seq, 'tomb', op.tomb, '');
      break;
    case 'recent':
      touched.push(keys.recents(op.event, op.author), keys.talk(op.event, op.author));
      args.push(seq, 'push', op.item, '');
      break;
    case 'unrecent':
      touched.push(keys.recents(op.event, op.author), keys.talk(op.event, op.author));
      args.push(seq, 'pull', String(op.at), op.id);
      break;
    case 'talk':
      touched.push(keys.talk(op.event, op.author));
      args.push(seq, 'talk', op.of, op.comment);
      break;
    case 'untalk':
      touched.push(keys.talk(op.event, op.author));
      args.push(seq, 'untalk', op.of, String(op.at));
      break;
    case 'told': {
      const { comments, likes, asOf } = op.counts;
      touched.push(keys.talk(op.event, op.author));
      args.push(seq, 'told', op.of, `${comments} ${likes} ${asOf}`);
      break;
    }
    case 'watch':
      touched.push(keys.pairs(op.provider, op.watcher), keys.due(op.provider, partition));
      args.push(seq, op.on ? 'watch' : 'unwatch', op.subject, `${op.at} ${op.watcher}`);
      break;
    case 'account':
      encodeAccount(op, partition, touched, args);
      break;
    case 'delay':
      touched.push(keys.delays(op.watcher));
      args.push(seq, 'field', delayField(op), op.delayMs === undefined ? '' : String(op.delayMs));
      break;
    case 'watched':
      touched.push(keys.watchers(op.subject));
      args.push(seq, 'field', op.watcher, op.on ? '1' : '');
      break;
    case 'list':
      touched.push(keys.history(op.event, historyPart(op.seq)));
      args.push(seq, 'list', op.id, '');
      break;
    case 'comment':
      touched.push(keys.comments(op.event, op.story.id), keys.tally(op.event, op.story.id), keys.untold(partition));
      args.push(seq, 'comment', op.id, whose(op));
      break;
    case 'uncomment':
      touched.push(keys.comments(op.event, op.story.id), keys.tally(op.event, op.story.id), keys.untold(partition));
      args.push(seq, 'uncomment', String(op.at), whose(op));
      break;
    case 'like':
      touched.push(keys.likes(op.event, op.story.id), keys.tally(op.event, op.story.id), keys.untold(partition));
      args.push(seq, op.on ? 'like' : 'unlike', op.member, whose(op));
      break;
  }
}

function encodeAccount(
  op: Extract<Op, { kind: 'account' }>,
  partition: number,
  touched: string[],
  args: string[],
): void {
  const { member, provider, at, account } = op;
  const seq = String(op.seq);
  touched.push(keys.accounts(member));
  if (!account) {
    args.push(seq, 'field', provider, '');
  } else if (account.account === null) {
    args.push(seq, 'lose', provider, JSON.stringify(account));
  } else {
    touched.push(keys.pairs(provider, member), keys.due(provider, partition));
    args.push(seq, 'connect', provider, `${at} ${member} ${JSON.stringify(account)}`);
  }
}

/** Ids hold no blank. */
function whose({ event, story: { id, author, audience } }: { event: string; story: Story }): string {
  return `${event} ${id} ${author} ${audience}`;
}
