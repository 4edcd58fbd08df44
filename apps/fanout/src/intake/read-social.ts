import { consumeOrdered, getMessage, streamInfo, type Bus, type Consumption } from '@groundswell/bus';
import { EVENTS, readFeed, SOCIAL, subjects } from '@groundswell/contracts';
import { SocialIntake } from './social-intake.js';

/** Messages of SOCIAL that a node reads back when it starts, at least and at most (each holds up to 500 edges). */
const BACK_MIN = 500;
const BACK_MAX = 20_000;

export interface SocialReading {
  intake: SocialIntake;
  consumption: Consumption;
}

/** Starts to read SOCIAL, far enough back to cover what the newest tick of each event has in force. */
export async function readSocialLog(bus: Bus, events: readonly string[]): Promise<SocialReading> {
  const { firstSeq, lastSeq, createdText } = await streamInfo(bus, SOCIAL.name);
  const inForce = await Promise.all(events.map((event) => socialOfNewestTick(bus, event)));
  const wanted = Math.min(lastSeq - BACK_MIN, ...inForce);
  const start = Math.max(wanted, lastSeq - BACK_MAX, firstSeq - 1, 0);
  const intake = new SocialIntake(start);
  const consumption = await consumeOrdered({
    bus,
    stream: SOCIAL.name,
    // All of it, though what is sealed is nothing to a node: a view and a tick name positions of the whole log.
    filter: '>',
    from: { seq: start + 1, created: createdText },
    onMessages: (batch) => intake.take(batch),
  });
  return { intake, consumption };
}

async function socialOfNewestTick(bus: Bus, event: string): Promise<number> {
  const stored = await getMessage(bus, EVENTS.name, { lastBySubject: subjects.tick(event) });
  const record = stored && readFeed(stored);
  return record?.kind === 'tick' ? record.message.social : Infinity;
}
