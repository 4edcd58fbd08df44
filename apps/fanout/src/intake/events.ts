import { openBucket, type Bucket, type Bus, type Watching } from '@groundswell/bus';
import { EVENTS_BUCKET, type EventRecord } from '@groundswell/contracts';

/** What is on air: tells every event that is known, then each one that comes. */
export async function watchEvents(bus: Bus, onEvent: (record: EventRecord) => void): Promise<Watching> {
  const bucket: Bucket = openBucket(bus, EVENTS_BUCKET);
  const decoder = new TextDecoder();
  return new Promise((resolve, reject) => {
    const started = bucket.watch({
      onEntry: ({ value, deleted }) => {
        if (!deleted) onEvent(JSON.parse(decoder.decode(value)) as EventRecord);
      },
      onReady: () => resolve(started),
    });
    started.catch(reject);
  });
}
