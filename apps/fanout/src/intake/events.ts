import { openBucket, type Bucket, type Bus, type Watching } from '@groundswell/bus';
import { EVENTS_BUCKET, readEventRecord, type EventRecord } from '@groundswell/contracts';

/** What is on air: tells every event that is known, then each one that comes. */
export async function watchEvents(bus: Bus, onEvent: (record: EventRecord) => void): Promise<Watching> {
  const bucket: Bucket = openBucket(bus, EVENTS_BUCKET);
  return new Promise((resolve, reject) => {
    const started = bucket.watch({
      onEntry: ({ value, deleted }) => {
        const record = deleted ? undefined : readEventRecord(value);
        if (record) onEvent(record);
      },
      onReady: () => resolve(started),
    });
    started.catch(reject);
  });
}
