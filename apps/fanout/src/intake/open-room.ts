import { EVENTS, subjects } from '@groundswell/contracts';
import { consumeOrdered, getMessage, listen, type Bus, type Consumption, type Rests } from '@groundswell/bus';
import type { Levers } from '@groundswell/levers';
import type { Clock, Log } from '@groundswell/runtime';
import { findAnchor, type AnchorFound } from './anchor.js';
import { Room } from './room.js';
import type { PastSource } from '../past/past-source.js';
import type { SocialIntake } from './social-intake.js';

/**
 * While much is said the log is read in bursts: a wake-up costs 0.2 ms and more, a message a tenth of that. Statuses reach
 * friends so late at most; Everyone waits for the tick, which is read at once.
 */
const RESTS: Rests = { usualMs: 40, longMs: 200 };

export interface OpenRoomOptions {
  bus: Bus;
  /** Creation of EVENTS, Unix milliseconds and as the server writes it. */
  created: { ms: number; text: string };
  event: string;
  social: SocialIntake;
  past: PastSource;
  clock: Clock;
  log: Log;
  secret: string;
  levers: () => Levers;
}

export interface OpenRoom {
  room: Room;
  /** Rejects when the log is not the one any more. */
  done: Promise<void>;
  stop(): Promise<void>;
}

/** Reads an event until it has caught up. */
export async function openRoom(options: OpenRoomOptions): Promise<OpenRoom> {
  const { bus, event, log } = options;
  const found = await findAnchor((stream, wanted) => getMessage(bus, stream, wanted), event);
  const opened = await readFrom(options, found.anchor);
  if ((opened.room.feed.head?.n ?? 0) >= found.reaches || !found.anchor) return opened;
  log.warn({ event, anchor: found.anchor.seq }, 'the newest tick is not valid: reading the event from its beginning');
  await opened.stop();
  return readFrom(options, undefined);
}

async function readFrom(options: OpenRoomOptions, anchor: AnchorFound['anchor']): Promise<OpenRoom> {
  const { bus, created, event, secret, social, past, clock, log, levers } = options;
  const room = new Room({
    event,
    epoch: created.ms,
    secret,
    social,
    past,
    clock,
    log,
    levers,
    ...(anchor ? { anchor } : {}),
  });
  let caughtUp: () => void = () => undefined;
  const complete = new Promise<void>((resolve) => {
    caughtUp = resolve;
  });
  let consumption: Consumption;
  try {
    consumption = await consumeOrdered({
      bus,
      stream: EVENTS.name,
      filter: subjects.feedAll(event),
      rests: RESTS,
      from: { seq: (anchor?.seq ?? 0) + 1, created: created.text },
      onMessages: (batch) => room.take(batch),
      onCaughtUp: () => caughtUp(),
    });
  } catch (error) {
    room.stop();
    throw error;
  }
  const ticks = listen(bus, subjects.tick(event), () => consumption.hurry());
  const stop = async (): Promise<void> => {
    ticks.stop();
    await consumption.stop();
    room.stop();
  };
  try {
    await Promise.race([complete, consumption.done]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { room, done: consumption.done, stop };
}
