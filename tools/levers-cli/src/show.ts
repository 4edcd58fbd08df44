/** What is printed. */
import type { LeverPast } from '@groundswell/bus';
import { describeRange, type Lever, type LeverEffect, type LeverRecord, type LeverStanding } from '@groundswell/levers';
import { printable, table } from './table.js';
import { localTime } from './until.js';

const EFFECTS: Readonly<Record<LeverEffect, string>> = {
  none: 'at once',
  segment: 'from the next segment on, on all nodes alike',
  epoch: 'from the next segment on; every client then starts anew',
};

const DANGERS: Readonly<Record<Lever['danger'], string>> = {
  low: 'low',
  noticed: 'every viewer sees a difference',
  high: 'high: it can take the feed from viewers, or overload something',
};

export function listing(standings: readonly LeverStanding[]): string {
  const rows = standings.map((standing) => {
    const { lever, value, from, turn } = standing;
    const { who, why, at, until } = shownRecord(turn?.record);
    const isDefault = value === lever.default;
    return [
      lever.key,
      String(value),
      isDefault ? '' : String(lever.default),
      range(lever),
      source(from),
      until,
      who,
      at,
      why,
    ];
  });
  return table(['lever', 'value', 'default', 'takes', 'set for', 'until', 'by', 'at', 'why'], rows);
}

export function details({ lever, value, from, turn }: LeverStanding, event: string | undefined): string {
  const { who, why, at, until } = shownRecord(turn?.record);
  const lines = [
    ['value', String(value)],
    ['default', String(lever.default)],
    ['takes', describeRange(lever)],
    ['trades', lever.trades],
    ['acts', EFFECTS[lever.effect]],
    ['danger', DANGERS[lever.danger]],
    ['moved automatically', lever.auto ? 'yes' : ''],
    ['set for', from === 'event' ? `event ${event}` : source(from)],
    ['until', until],
    ['by', who],
    ['at', at],
    ['why', why],
  ].filter(([, text]) => text !== '');
  return table(
    [lever.key, ' '],
    lines.map(([name = '', text = '']) => [`  ${name}`, text]),
  );
}

export function past(history: readonly LeverPast[]): string {
  const rows = history.map((one) => {
    if (one.state !== 'set') {
      const value = one.state === 'deleted' ? 'deleted' : 'ignored';
      return [localTime(one.storedAt), value, '', '', one.state === 'ignored' ? one.reason : ''];
    }
    const { value } = one.record;
    const { who, why, at, until } = shownRecord(one.record);
    return [at, value === null ? 'cleared' : String(value), until, who, why];
  });
  return table(['at', 'value', 'until', 'by', 'why'], rows);
}

/** One sentence about what was done, and what follows. */
export function done({ lever, value, from }: LeverStanding, was: LeverStanding, record: LeverRecord): string {
  const change = was.value === value ? 'as before' : `was ${was.value}`;
  const until = record.until === undefined ? '' : ` until ${localTime(record.until)}`;
  return printable(
    `${lever.key} is ${value} (${change}), ${from === 'default' ? 'the default' : `set for ${source(from)}`}${until}; it acts ${EFFECTS[lever.effect]}.`,
  );
}

function source(from: LeverStanding['from']): string {
  return { default: '', global: 'all events', event: 'this event' }[from];
}

function range(lever: Lever): string {
  if (lever.kind === 'switch') return 'true, false';
  return lever.kind === 'choice' ? lever.options.join(', ') : `${lever.min}–${lever.max} ${lever.unit}`.trimEnd();
}

function shownRecord(record: LeverRecord | undefined): Record<'who' | 'why' | 'at' | 'until', string> {
  if (!record) return { who: '', why: '', at: '', until: '' };
  const { who, why, at, until } = record;
  return { who, why, at: localTime(at), until: until === undefined ? '' : localTime(until) };
}
