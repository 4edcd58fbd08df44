import { flaps, isCalm, withCheck } from './flapping.js';
import type { NoValue, Observation, SeenValue } from './observation.js';
import { seenAt, type ActivePair, type Known, type Pair, type Sighting } from './pair.js';
import { RULES, type Rules } from './rules.js';
import type { Value } from './values.js';

/** What one look changed, for metrics and logs. */
export type Outcome =
  /** Not newer than what is known: nothing was done. */
  | 'stale'
  /** A first value, or the first one after there was none: nobody is told. */
  | 'baseline'
  | 'same'
  /** Another value, seen for the first time. */
  | 'sighted'
  /** Another value, seen before, and not confirmed or settled yet. */
  | 'waiting'
  /** What was seen differently before is as it was. */
  | 'reverted'
  /** Certain, and still to settle. */
  | 'confirmed'
  /** A change stands: there is a notice. */
  | 'told'
  /** A change stands, and nobody is told: the subject wants it so, or the watcher knows. */
  | 'silent'
  | 'flapping'
  /** The run is not trusted: what it saw differently has to be seen twice again. */
  | 'quarantined'
  | NoValue['kind'];

/** One confirmed change for one watcher. */
export interface Change {
  from: Value;
  to: Value;
  /** The check that saw it first, and the one that made it certain. */
  seenAt: number;
  confirmedAt: number;
  /** Name the notice, together with the pair: see `noticeKey`. */
  baselineAt: number;
  told: number;
}

export interface Step {
  pair: Pair;
  outcome: Outcome;
  /** Present with the outcome `told`. */
  change?: Change;
}

export interface Look {
  pair: Pair;
  observation: Observation;
  rules?: Rules;
  /** Whether the run that looked at a time is in quarantine: see `breaker`. By default none is. */
  distrusts?: (at: number) => boolean;
}

type Trust = Required<Pick<Look, 'rules' | 'distrusts'>>;

/**
 * The next state of a pair, and what its watcher is to be told. Pure: the same look at the same pair has the same result,
 * and a look that is not newer than the last one changes nothing.
 */
export function observe({ pair, observation, rules = RULES, distrusts = () => false }: Look): Step {
  if (observation.at <= seenAt(pair)) return { pair, outcome: 'stale' };
  const active = pair.state === 'auth_paused' ? pair.paused : pair;
  if (observation.kind === 'value') return seen(active, observation, { rules, distrusts });
  const { kind, at } = observation;
  if (kind === 'unauthorised') return { pair: { state: 'auth_paused', seenAt: at, paused: active }, outcome: kind };
  return { pair: { state: kind, seenAt: at }, outcome: kind };
}

/** Whether a look at a pair brought another value than the one that stands: what a breaker counts. */
export function differs(pair: Pair, observation: Observation): boolean {
  if (observation.kind !== 'value' || observation.at <= seenAt(pair)) return false;
  const active = pair.state === 'auth_paused' ? pair.paused : pair;
  if (!('known' in active)) return false;
  return active.known.version === observation.version && active.known.value !== observation.value;
}

function seen(pair: ActivePair, look: SeenValue, trust: Trust): Step {
  switch (pair.state) {
    case 'new':
    case 'hidden':
    case 'unknown':
    case 'gone':
      return baseline(pair, look, trust);
    case 'stable':
    case 'confirming':
    case 'settling':
    case 'flapping':
      return compared(pair, look, trust);
  }
}

/** The first value is kept and told to nobody; of a run that is not trusted it is not even kept. */
function baseline(pair: ActivePair, { at, value, version }: SeenValue, { distrusts }: Trust): Step {
  if (distrusts(at)) return { pair, outcome: 'quarantined' };
  const known: Known = { value, version, baselineAt: at, reference: value, told: 0, changes: 0 };
  return { pair: { state: 'stable', seenAt: at, known }, outcome: 'baseline' };
}

type Seen = Extract<ActivePair, { known: Known }>;

function compared(pair: Seen, look: SeenValue, trust: Trust): Step {
  const { known } = pair;
  const { at, value } = look;
  // A new normaliser may read the same thing differently, and a baseline may be of a run that was found faulty later.
  if (known.version !== look.version || trust.distrusts(known.baselineAt)) return baseline(pair, look, trust);
  const last = lastValue(pair);
  const checked = withChanges(known, withCheck(known.changes, last !== value));
  const holds = pair.state === 'flapping' ? !isCalm(checked.changes) : flaps(checked.changes);
  if (holds) return { pair: { state: 'flapping', seenAt: at, known: checked, last: value }, outcome: 'flapping' };
  if (value === known.value) {
    return { pair: { state: 'stable', seenAt: at, known: checked }, outcome: last === value ? 'same' : 'reverted' };
  }
  const isPending = (pair.state === 'confirming' || pair.state === 'settling') && pair.to.value === value;
  if (!isPending) return sighted(checked, look, trust);
  return trust.distrusts(at) || trust.distrusts(pair.to.seenAt)
    ? anew(checked, look)
    : again(checked, look, { to: pair.to, isCertain: pair.state === 'settling', rules: trust.rules });
}

/** Spelled out: it is made for every pair of every look, and a spread takes ten times as long. */
function withChanges({ value, version, baselineAt, reference, told }: Known, changes: number): Known {
  return { value, version, baselineAt, reference, told, changes };
}

/** Another value than the one that stands, for the first time. */
function sighted(known: Known, look: SeenValue, { rules, distrusts }: Trust): Step {
  if (distrusts(look.at)) return anew(known, look);
  const { at, value, authority } = look;
  const to: Sighting = { value, since: Math.min(at, authority?.since ?? at), seenAt: at };
  if (authority) return certain(known, look, { to, outcome: 'confirmed', rules });
  return { pair: { state: 'confirming', seenAt: at, known, to }, outcome: 'sighted' };
}

function anew(known: Known, { at, value }: SeenValue): Step {
  return {
    pair: { state: 'confirming', seenAt: at, known, to: { value, since: at, seenAt: at } },
    outcome: 'quarantined',
  };
}

interface Again {
  to: Sighting;
  isCertain: boolean;
  rules: Rules;
}

/** The same other value once more. */
function again(known: Known, look: SeenValue, { to, isCertain, rules }: Again): Step {
  if (isCertain) return certain(known, look, { to, outcome: 'waiting', rules });
  if (look.at - to.seenAt >= rules.confirmMs) {
    return certain(known, look, { to, outcome: 'confirmed', rules });
  }
  return { pair: { state: 'confirming', seenAt: look.at, known, to }, outcome: 'waiting' };
}

interface Certain {
  to: Sighting;
  outcome: 'confirmed' | 'waiting';
  rules: Rules;
}

/** A change is certain: it stands once it has settled. */
function certain(known: Known, look: SeenValue, { to, outcome, rules }: Certain): Step {
  const { at, value, quiet, settleMs = rules.settleMs } = look;
  const until = to.since + settleMs;
  if (at < until) return { pair: { state: 'settling', seenAt: at, known, to, until }, outcome };
  const { reference: from, baselineAt, told } = known;
  if (value === from || quiet === true) {
    return { pair: { state: 'stable', seenAt: at, known: { ...known, value } }, outcome: 'silent' };
  }
  return {
    pair: { state: 'stable', seenAt: at, known: { ...known, value, reference: value, told: told + 1 } },
    outcome: 'told',
    change: { from, to: value, seenAt: to.seenAt, confirmedAt: at, baselineAt, told },
  };
}

function lastValue(pair: Seen): Value {
  switch (pair.state) {
    case 'stable':
      return pair.known.value;
    case 'confirming':
    case 'settling':
      return pair.to.value;
    case 'flapping':
      return pair.last;
  }
}
