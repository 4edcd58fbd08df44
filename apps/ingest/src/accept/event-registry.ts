import {
  KeyExists,
  openBucket,
  PublishUnknown,
  type Bucket,
  type Bus,
  type Watching,
  WrongLastSequence,
} from '@groundswell/bus';
import {
  EVENTS_BUCKET,
  readEventRecord,
  writeEventRecord,
  type CreateEventCommand,
  type EventRecord,
} from '@groundswell/contracts';
import { ProblemError, type Clock } from '@groundswell/runtime';
import { randomBytes } from 'node:crypto';

/** The events that are on air or have been, kept up by a watch of their bucket. */
export class EventRegistry {
  private readonly records = new Map<string, EventRecord>();
  private readonly bucket: Bucket;
  private watching: Promise<Watching> | undefined;

  constructor(
    bus: Bus,
    private readonly clock: Clock,
  ) {
    this.bucket = openBucket(bus, EVENTS_BUCKET);
  }

  /** Resolves when all events are known. */
  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.watching = this.bucket.watch({
        onEntry: ({ key, value, deleted }) => {
          const record = deleted ? undefined : readEventRecord(value);
          if (record) this.records.set(key, record);
          else this.records.delete(key);
        },
        onReady: resolve,
      });
      this.watching.catch(reject);
    });
  }

  async stop(): Promise<void> {
    await (await this.watching)?.stop();
  }

  all(): EventRecord[] {
    return [...this.records.values()].sort((a, b) => b.createdAt - a.createdAt);
  }

  /** An event, on air or not; throws `unknown_event`. */
  known(id: string): EventRecord {
    const record = this.records.get(id);
    if (!record) throw new ProblemError('unknown_event', `There is no event "${id}".`);
    return record;
  }

  /** An event that may be posted to. Throws the problem that says why not. */
  live(id: string): EventRecord {
    const record = this.known(id);
    if (record.state === 'ended')
      throw new ProblemError('event_ended', `"${record.title}" is over: it can only be read.`);
    return record;
  }

  /** Creates an event; the same description again is the same event. */
  async create({ id, title }: CreateEventCommand): Promise<{ record: EventRecord; created: boolean }> {
    const secret = randomBytes(16).toString('base64url');
    const record: EventRecord = { id, title, state: 'live', createdAt: this.clock.now(), secret };
    try {
      await this.bucket.create(id, writeEventRecord(record));
      this.records.set(id, record);
      return { record, created: true };
    } catch (error) {
      if (!(error instanceof KeyExists)) throw unavailable(error);
    }
    const known = await this.read(id);
    if (known?.record.title !== title) {
      throw new ProblemError('event_exists', `There is an event "${id}" with another title: choose another id.`);
    }
    return { record: known.record, created: false };
  }

  /** Takes an event off air, for good. */
  async end(id: string): Promise<EventRecord> {
    const known = await this.read(id);
    if (!known) throw new ProblemError('unknown_event', `There is no event "${id}".`);
    if (known.record.state === 'ended') return known.record;
    const ended: EventRecord = { ...known.record, state: 'ended' };
    try {
      await this.bucket.update(id, writeEventRecord(ended), known.revision);
    } catch (error) {
      // Somebody else changed it at the same moment: what they wrote is looked at again.
      if (error instanceof WrongLastSequence) return this.end(id);
      throw unavailable(error);
    }
    this.records.set(id, ended);
    return ended;
  }

  private async read(id: string): Promise<{ record: EventRecord; revision: number } | undefined> {
    const entry = await this.bucket.get(id);
    const record = entry && readEventRecord(entry.value);
    return record && { record, revision: entry.revision };
  }
}

function unavailable(cause: unknown): unknown {
  if (!(cause instanceof PublishUnknown)) return cause;
  return new ProblemError('unavailable', 'The log did not answer. Send the same request again.', {
    headers: { 'Retry-After': '1' },
    cause,
  });
}
