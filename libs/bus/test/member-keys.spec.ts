import { KEYS_BUCKET } from '@groundswell/contracts';
import { useNats } from '@groundswell/testing';
import { ensureBuckets, memberKeys, openBucket } from '../src/index.js';
import { useBus } from './stack.js';

describe('memberKeys', () => {
  const nats = useNats();
  const stack = useBus(nats);
  let count = 0;
  let member: string;
  beforeEach(async () => {
    await ensureBuckets(stack.bus, [KEYS_BUCKET]);
    member = `m${count++}`;
  });

  it('makes a key once, for all processes', async () => {
    const mine = memberKeys(stack.bus);
    const theirs = memberKeys(stack.bus);
    const keys = await Promise.all([mine, theirs, mine, theirs].map((each) => each.of(member)));
    expect(keys[0]).toHaveLength(32);
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
    expect(await memberKeys(stack.bus).find(member)).toEqual(keys[0]);
  });

  it('finds none where none was made', async () => {
    expect(await memberKeys(stack.bus).find(member)).toBeUndefined();
  });

  it('leaves nothing of a key that was erased, and makes another one', async () => {
    const keys = memberKeys(stack.bus);
    const first = await keys.of(member);
    await keys.erase(member);
    expect(await keys.find(member)).toBeUndefined();
    expect(await openBucket(stack.bus, KEYS_BUCKET).get(member)).toBeUndefined();
    expect(await keys.of(member)).not.toEqual(first);
  });
});
