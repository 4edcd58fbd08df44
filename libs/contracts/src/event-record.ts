import 'reflect-metadata';
import { EVENT_ID, isPosition, type EventView } from '@groundswell/protocol';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Min } from 'class-validator';

/** Value of a key in the `events` bucket. */
export class EventRecord implements EventView {
  @Matches(EVENT_ID)
  id!: string;

  @IsString()
  @Length(1, 200)
  title!: string;

  @IsIn(['live', 'ended'])
  state!: 'live' | 'ended';

  @IsInt()
  @Min(0)
  createdAt!: number;

  /** What sampling is seeded with: known to the nodes, told to nobody. Events of older versions have none. */
  @IsOptional()
  @IsString()
  secret?: string;
}

/** What everybody may know of an event. */
export function eventView({ id, title, state, createdAt }: EventRecord): EventView {
  return { id, title, state, createdAt };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function writeEventRecord(record: EventRecord): Uint8Array {
  return encoder.encode(JSON.stringify(record));
}

/** Reads a value of the bucket; undefined when it is none that this version understands. */
export function readEventRecord(value: Uint8Array): EventRecord | undefined {
  try {
    const record = JSON.parse(decoder.decode(value)) as Partial<EventRecord> | null;
    const fits =
      EVENT_ID.test(record?.id ?? '') &&
      typeof record?.title === 'string' &&
      (record.state === 'live' || record.state === 'ended') &&
      isPosition(record.createdAt) &&
      (record.secret === undefined || typeof record.secret === 'string');
    return fits ? (record as EventRecord) : undefined;
  } catch {
    return undefined;
  }
}
