import type { Answer } from './answer.js';
import { later } from './later.js';

/** An origin that tells what it was asked for, at noon. */
function rig(passed: number, status = 200) {
  const asked: string[] = [];
  const ask = later(
    async (path) => {
      asked.push(path);
      return { status, headers: { etag: '"a"' }, body: JSON.stringify({ now: 43_200_000, path }) };
    },
    { passed: () => passed },
  );
  const now = ({ body }: Answer) => (JSON.parse(body) as { now: number }).now;
  return { ask, asked, now };
}

describe('later', () => {
  it('asks for the slot that is due at the origin, and tells the time that has passed', async () => {
    const { ask, asked, now } = rig(6_000);
    expect(now(await ask('/v1/events/a/head/1000/43206'))).toBe(43_206_000);
    expect(now(await ask('/v1/events/a/head/2000/21603'))).toBe(43_206_000);
    expect(now(await ask('/v1/time/abc'))).toBe(43_206_000);
    expect(asked).toEqual(['/v1/events/a/head/1000/43200', '/v1/events/a/head/2000/21600', '/v1/time/abc']);
  });

  it('asks for everything else as it is', async () => {
    const { ask, asked, now } = rig(6_000);
    const answer = await ask('/v1/events/a/7/segments/3');
    expect([now(answer), answer.headers, asked]).toEqual([43_200_000, { etag: '"a"' }, ['/v1/events/a/7/segments/3']]);
  });

  it('leaves errors alone', async () => {
    expect(await rig(6_000, 404).ask('/v1/time/abc')).toMatchObject({ status: 404 });
  });

  it('refuses what would not be exact', async () => {
    await expect(rig(1_500).ask('/v1/events/a/head/1000/5')).rejects.toThrow('1500 ms are no whole number of slots');
  });
});
