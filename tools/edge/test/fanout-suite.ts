import { paths, SUBPROTOCOL, type HeadBody } from '@groundswell/protocol';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { EVENT, Fanout } from './fanout.js';
import type { Edge } from './use-edge.js';

/** A cache before the real fan-out. */
export function fanoutSuite(edge: Edge, { purges }: { purges: boolean }): () => Fanout {
  const nats = useNats();
  const redis = useRedis();
  let fanout: Fanout;

  beforeAll(async () => {
    fanout = await Fanout.start(nats, redis, purges ? edge.url : '');
    edge.origin.passesTo(fanout.port);
  }, 30_000);
  beforeEach(() => edge.origin.passesTo(fanout.port));
  afterAll(() => fanout?.stop());

  /** Posts until a segment more is sealed; gives the head. */
  async function sealOne(): Promise<HeadBody> {
    const { n } = await fanout.head();
    await fanout.status(`after ${n}`);
    return eventually(async () => {
      const head = await fanout.head();
      return head.n > n ? head : undefined;
    });
  }

  it('many who ask for a segment at once are one request of the origin', async () => {
    const { epoch, n } = await sealOne();
    const path = paths.segment(EVENT, epoch, n);
    const got = await edge.crowd(path, 100);
    expect(new Set(got.map(({ status }) => status))).toEqual(new Set([200]));
    expect(JSON.parse(got[0]!.body)).toMatchObject({ t: 'seg', n });
    expect(edge.origin.count(path)).toBe(1);
  });

  it('the head of a slot comes from the origin once, and has the newest segment', async () => {
    const { n } = await sealOne();
    const path = paths.head(EVENT, 1000, Math.floor(Date.now() / 1000));
    const got = await edge.crowd(path, 100);
    expect(got.map(({ body }) => (JSON.parse(body) as HeadBody).n).every((had) => had >= n)).toBe(true);
    expect(edge.origin.count(path)).toBe(1);
  });

  it('a segment that is not there yet is a 503 that nobody keeps', async () => {
    const { epoch, n } = await sealOne();
    const path = paths.segment(EVENT, epoch, n + 1);
    const early = await edge.get(path);
    expect([early.status, early.headers['cache-control']]).toEqual([503, 'no-store']);
    await sealOne();
    expect((await edge.get(path)).status).toBe(200);
    expect((await edge.get(path)).headers['x-cache']).toBe('HIT');
  });

  it('server-sent events come at once', async () => {
    const giveUp = new AbortController();
    const answer = await fetch(`${edge.url}${paths.stream(EVENT)}`, { signal: giveUp.signal });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    const reading = (async () => {
      for await (const chunk of answer.body!) text += Buffer.from(chunk).toString();
    })();
    for (const news of ['first news', 'second news']) {
      await fanout.status(news);
      // Less than the time between two heartbeats, with which a buffer would be flushed at the latest.
      await eventually(() => text.includes(news), { timeoutMs: 3_000, message: news });
    }
    giveUp.abort();
    await expect(reading).rejects.toThrow('aborted');
  });

  it('a socket gets through, both ways', async () => {
    const socket = new WebSocket(`${edge.url.replace('http', 'ws')}${paths.socket()}`, SUBPROTOCOL);
    const frames: string[] = [];
    socket.on('message', (data: Buffer) => frames.push(data.toString()));
    await once(socket, 'open');
    socket.send(JSON.stringify({ t: 'hello', event: EVENT, everyone: null }));
    await eventually(() => frames.some((frame) => frame.includes('"t":"welcome"')));
    await fanout.status('for the socket');
    await eventually(() => frames.some((frame) => frame.includes('for the socket')));
    const closed = once(socket, 'close');
    socket.close();
    expect(await closed).toBeDefined();
  });
  return () => fanout;
}
