import { consumeOrdered, type Bus, type Consumed, type Consumption } from '@groundswell/bus';
import type { Log } from '@groundswell/runtime';
import type { Checkpoint, LogName, Op, Outcome, RoutedOp, Slice } from '@groundswell/store';

/** The view that a projector keeps up. */
export interface Projection {
  log: LogName;
  filter: string;
  /** What must be fetched, or have happened, before messages are applied; it happens again when they are read again. */
  prepare?(messages: readonly Consumed[]): Promise<void>;
  /** The operations of a message, with the partition of each. */
  opsOf(message: Consumed): RoutedOp[];
  apply(created: number, slices: readonly Slice[]): Promise<Outcome[]>;
  checkpoints(): Promise<(Checkpoint | undefined)[]>;
}

/** Partitions that no message concerned are moved on this often; the view is compared with what was written as often. */
const ADVANCE_MS = 100;
const COMPARE_MS = 1_000;
const RETRY_MS = 250;

/** Messages that are worked off in one go. */
const PART = 100;

/** A busy log is worked off this often: messages that come together share the commands to their partitions. */
const PACE_MS = 25;

/** Why reading starts anew: the view has lost something. */
class Rewind extends Error {}

/** The view belongs to another log than the one that is read. */
export class ForeignView extends Error {
  override readonly name = 'ForeignView';
  readonly code = 'foreign_view';
  readonly remedy = 'Check that NATS and Redis belong together; if the log was replaced, empty this Redis.';
}

export interface ProjectorOptions {
  bus: Bus;
  projection: Projection;
  log: Log;
}

/**
 * Keeps a view in step with its log. Data and checkpoint of a partition change in one script, so a view that loses
 * something loses the checkpoint with it; the projector sees that and reads again from there. Several may run: what one
 * has applied, the others pass over.
 */
export class Projector {
  private readonly o: ProjectorOptions;
  /** What each partition has applied, as far as this projector knows. */
  private known: number[] = [];
  private consumption: Consumption | undefined;
  private timer: NodeJS.Timeout | undefined;
  private comparedAt = 0;
  private reached = false;
  /** A slow Redis must not be given the same work twice. */
  private tending = false;
  private position = 0;
  private readonly ending = new AbortController();
  private running: Promise<void> | undefined;
  private fault: Error | undefined;

  constructor(options: ProjectorOptions) {
    this.o = options;
  }

  /** True while the view has everything that this projector has read, and that is everything there is. */
  get caughtUp(): boolean {
    return this.consumption?.caughtUp === true && this.known.every((seq) => seq >= this.position);
  }

  /** True once the view has had everything since reading began, which begins anew when the view has lost something. */
  get isCurrent(): boolean {
    return this.reached;
  }

  /** What keeps the view from being kept up, if anything does. */
  get alarm(): Error | undefined {
    return this.fault;
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    // Reading may be about to start anew: the signal reaches that one too.
    this.ending.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { log, projection } = this.o;
    while (!this.ending.signal.aborted) {
      try {
        await this.readOn();
      } catch (error) {
        this.fault = error instanceof Rewind ? undefined : (error as Error);
        const fields = { stream: projection.log, err: error };
        if (error instanceof Rewind) log.warn({ stream: projection.log }, `the view is read anew: ${error.message}`);
        else if (!this.ending.signal.aborted) log.error(fields, 'the view is not kept up; trying again');
        if (!(error instanceof Rewind) && !this.ending.signal.aborted)
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  /** Reads from the oldest checkpoint until something breaks. */
  private async readOn(): Promise<void> {
    const { bus, projection } = this.o;
    const checkpoints = await projection.checkpoints();
    this.known = checkpoints.map((checkpoint) => checkpoint?.seq ?? 0);
    const oldest = Math.min(...this.known);
    this.position = oldest;
    this.reached = false;
    let fail: (error: Error) => void = () => undefined;
    const failed = new Promise<never>((_, reject) => {
      fail = reject;
    });
    failed.catch(() => undefined);
    const consumption = await consumeOrdered({
      bus,
      stream: projection.log,
      filter: projection.filter,
      from: { seq: oldest + 1 },
      signal: this.ending.signal,
      onMessages: (batch) => this.take(batch),
      onCaughtUp: () => (this.reached = true),
    });
    this.consumption = consumption;
    const foreign = checkpoints.find((checkpoint) => checkpoint && checkpoint.created !== consumption.created);
    try {
      if (foreign)
        throw new ForeignView(`the view in Redis was made from a log of ${new Date(foreign.created).toISOString()}`);
      this.fault = undefined;
      this.timer = setInterval(() => void this.tend().catch(fail), ADVANCE_MS);
      await Promise.race([consumption.done, failed]);
    } finally {
      clearInterval(this.timer);
      await consumption.stop();
    }
  }

  /** A part at a time: commands are answered by the same process, and must not wait for a whole batch. */
  private async take(batch: readonly Consumed[]): Promise<void> {
    const next = performance.now() + PACE_MS;
    for (let from = 0; from < batch.length; from += PART) await this.takePart(batch.slice(from, from + PART));
    const early = next - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
  }

  private async takePart(batch: readonly Consumed[]): Promise<void> {
    await this.o.projection.prepare?.(batch);
    const ops = new Map<number, Op[]>();
    for (const message of batch) {
      for (const { partition, op } of this.o.projection.opsOf(message)) {
        const list = ops.get(partition);
        if (list) list.push(op);
        else ops.set(partition, [op]);
      }
    }
    const to = batch.at(-1)!.seq;
    const slices = [...ops]
      .map(([partition, list]) => ({ partition, from: this.known[partition]!, to, ops: list }))
      .filter((slice) => slice.to > slice.from);
    await this.write(slices);
    this.position = Math.max(this.position, to);
  }

  /** Moves on the partitions that nothing concerned, and sees to it that the view still holds what was written. */
  private async tend(): Promise<void> {
    if (this.tending) return;
    this.tending = true;
    try {
      await this.advanceAndCompare();
    } finally {
      this.tending = false;
    }
  }

  private async advanceAndCompare(): Promise<void> {
    const { position } = this;
    const idle = this.known.flatMap((from, partition) =>
      from < position ? [{ partition, from, to: position, ops: [] }] : [],
    );
    if (idle.length > 0) await this.write(idle);
    if (performance.now() - this.comparedAt < COMPARE_MS) return;
    this.comparedAt = performance.now();
    const expected = [...this.known];
    const checkpoints = await this.o.projection.checkpoints();
    if (checkpoints.some((checkpoint, i) => (checkpoint?.seq ?? 0) < expected[i]!))
      throw new Rewind('it lost something');
  }

  /** May run twice at a time: what one has applied, the other passes over. */
  private async write(slices: readonly Slice[]): Promise<void> {
    if (slices.length === 0) return;
    const created = this.consumption?.created;
    if (created === undefined) throw new Rewind('reading had not begun');
    const outcomes = await this.o.projection.apply(created, slices);
    outcomes.forEach((outcome, i) => {
      if (outcome.state === 'foreign') throw new ForeignView('the view in Redis was made from another log');
      if (outcome.state === 'behind') throw new Rewind('it lost something');
      const { partition } = slices[i]!;
      this.known[partition] = Math.max(this.known[partition]!, outcome.seq);
    });
  }
}
