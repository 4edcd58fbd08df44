import { EVENTS, LEASES_BUCKET } from '@groundswell/contracts';
import type { StreamConfig } from '@nats-io/jetstream';
import { bucketSettings, differences, streamSettings } from './stream-settings.js';

describe('stream settings', () => {
  const wanted = streamSettings(EVENTS, 1);

  it('drop nothing in silence', () => {
    expect(wanted).toMatchObject({ discard: 'new', max_age: 0, max_msgs: -1, max_bytes: -1, storage: 'file' });
  });

  it('do not differ in what a server adds, leaves out or orders otherwise', () => {
    const is = {
      ...wanted,
      subjects: wanted.subjects?.toReversed(),
      deny_delete: false,
      mirror_direct: false,
    };
    expect(differences(is as StreamConfig, wanted)).toEqual([]);
  });

  it('differ by field', () => {
    const is = { ...wanted, max_age: 5, republish: undefined } as StreamConfig;
    expect(differences(is, wanted)).toEqual([
      { field: 'max_age', is: 5, shouldBe: 0 },
      { field: 'republish', is: undefined, shouldBe: wanted.republish },
    ]);
  });

  it('give a bucket its TTL, and no longer memory of ids than that', () => {
    expect(bucketSettings(LEASES_BUCKET, 1)).toMatchObject({
      name: 'KV_leases',
      subjects: ['$KV.leases.>'],
      max_age: 1_000_000_000,
      duplicate_window: 1_000_000_000,
      max_msgs_per_subject: 1,
    });
  });
});
