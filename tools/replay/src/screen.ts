import pc from 'picocolors';
import type { RunProgress } from './run.js';
import type { Verdict } from './verdict/sum-up.js';

const EVERY_MS = 250;

/** Shows a run to a person: one line that moves on a terminal, a line every few seconds elsewhere. */
export class Screen {
  private readonly tty = process.stderr.isTTY;
  private readonly begun = performance.now();
  private shownAt = 0;
  private last: { at: number; posted: number } = { at: 0, posted: 0 };

  say(sentence: string): void {
    process.stderr.write(`${this.tty ? '\r\x1b[2K' : ''}${this.seconds()} ${sentence}\n`);
  }

  progress(progress: RunProgress): void {
    const now = performance.now();
    if (!this.isDue(now)) return;
    const { posted, refused, of, delivered, behindMs, p50, p99, live, reconnects, changes } = progress;
    const rate = ((posted - this.last.posted) / (now - this.last.at)) * 1000;
    this.last = { at: now, posted };
    const done = posted + refused;
    const bar = '█'.repeat(Math.round((20 * done) / of)).padEnd(20, '░');
    const line = [
      `${this.seconds()} ${bar} ${done}/${of}`,
      `${Math.round(rate)}/s`,
      `delivered ${delivered}`,
      `behind ${Math.round(behindMs)} ms`,
      `p50 ${Math.round(p50)} p99 ${Math.round(p99)} ms`,
      `viewers ${live} (${reconnects} came back)`,
      ...(changes > 0 ? [`changes ${changes}`] : []),
    ].join('  ');
    this.write(line);
  }

  /** A line of other content, shown as seldom. */
  moving(line: () => string): void {
    if (this.isDue(performance.now())) this.write(`${this.seconds()} ${line()}`);
  }

  verdict(verdict: Verdict): void {
    const rows: [string, string][] = [
      ['posted', `${verdict.posted}, refused as expected ${verdict.refused}, retried ${verdict.retried}`],
      [
        'viewers',
        `${verdict.viewers}, of them ${verdict.newcomers} came later; ${verdict.reconnects} sockets came back`,
      ],
      ['Everyone', `${verdict.everyone} items`],
      [
        'Friends',
        `${verdict.friends} items; median viewer ${verdict.medianFriends}, ${percent(verdict.shareWithout)} expected none`,
      ],
      ...changeRows(verdict),
      [
        'segments',
        `${verdict.ticks} ticks in the log; bytes compared ${verdict.segmentsCompared}, ${verdict.segmentsWithSeveral} held several`,
      ],
      ['latency', `Friends p50 ${Math.round(verdict.p50)} ms, p99 ${Math.round(verdict.p99)} ms`],
    ];
    const lines = rows.map(([name, value]) => `  ${pc.dim(name.padEnd(10))}${value}`);
    const faults = verdict.faults.slice(0, 20).map((fault) => `  ${pc.red('✗')} ${fault}`);
    if (verdict.faults.length > 20) faults.push(`  … and ${verdict.faults.length - 20} more`);
    const word = (verdict.exact ? pc.green : pc.red)(sentenceOf(verdict));
    process.stderr.write(`${this.tty ? '\r\x1b[2K' : ''}\n${lines.join('\n')}\n${faults.join('\n')}\n${word}\n`);
  }

  private isDue(now: number): boolean {
    if (now - this.shownAt < (this.tty ? EVERY_MS : 5_000)) return false;
    this.shownAt = now;
    return true;
  }

  private write(line: string): void {
    process.stderr.write(this.tty ? `\r\x1b[2K${line}` : `${line}\n`);
  }

  private seconds(): string {
    return pc.dim(`${((performance.now() - this.begun) / 1000).toFixed(1).padStart(6)} s`);
  }
}

function changeRows({ changes, tally, viewers, changedViewers, friendsOnly, withheld, mostFriends }: Verdict) {
  const { add, remove, block, unblock, mute, unmute } = changes;
  const share = percent(changedViewers / Math.max(1, viewers));
  const rows: [string, string][] = [
    [
      'graph',
      `${add} friendships added, ${remove} removed; ${block} blocks, ${unblock} lifted; ${mute} mutes, ${unmute} lifted; most friends of a viewer ${mostFriends}`,
    ],
    ['decided', `a change decided on ${tally.changed} items, for ${changedViewers} viewers (${share})`],
    [
      'verdicts',
      `must ${tally.must}, lost ${tally.lost}; may: ${tally.maySeen} seen, ${tally.mayAbsent} absent; leaked ${tally.leaked}`,
    ],
    ['private', `${friendsOnly} statuses for friends only; ${withheld} comments refused by the graph`],
  ];
  return rows;
}

function sentenceOf({ exact, viewers, changes, faults }: Verdict): string {
  const made = Object.values(changes).reduce((sum, count) => sum + count, 0);
  const when = made > 0 ? ` while the graph changed ${made} times` : '';
  if (exact) return `exact: ${viewers} viewers got everything that was due to them and nothing else${when}`;
  return `not exact: ${faults.length} faults among ${viewers} viewers${when}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
