import { Latencies } from '../swarm/tally.js';
import type { Texts } from '../statuses/texts.js';
import { HttpLane } from './http-lane.js';
import type { PostOrder, PostReport } from './messages.js';

/** Posts statuses over keep-alive connections, as fast as they are answered or at a rate. */
export async function post(order: PostOrder, texts: Texts): Promise<PostReport> {
  const { port, connections, seconds, rate } = order;
  const lanes = await Promise.all(Array.from({ length: connections }, () => HttpLane.open(port)));
  const latencies = new Latencies();
  const compose = composer(order, texts);
  let [acked, failed] = [0, 0];
  let failure: string | undefined;
  const start = performance.now();
  const end = start + seconds * 1000;
  const due = rate === undefined ? () => performance.now() : schedule(start, rate);

  const work = async (lane: HttpLane): Promise<void> => {
    for (;;) {
      const at = due();
      if (at >= end || performance.now() >= end + GRACE_MS) return;
      const early = at - performance.now();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      try {
        const status = await lane.ask(compose());
        if (status === 201) acked++;
        else fault(`status ${status}`);
      } catch (error) {
        fault((error as Error).message);
        return;
      }
      latencies.record(performance.now() - at);
    }
  };
  const fault = (what: string): void => {
    failed++;
    failure ??= what;
  };
  await Promise.all(lanes.map(work));
  const took = (performance.now() - start) / 1000;
  for (const lane of lanes) lane.close();
  return { acked, failed, failure, seconds: took, latency: latencies.report };
}

/** What is due but late is still posted for this long. */
const GRACE_MS = 2_000;

/** Each call is the time of the next status. */
function schedule(start: number, rate: number): () => number {
  let index = 0;
  return () => start + (index++ * 1000) / rate;
}

function composer({ port, path, tokens }: PostOrder, texts: Texts): () => Buffer {
  let index = 0;
  const heads = tokens.map(
    (token) =>
      `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n`,
  );
  return () => {
    const body = JSON.stringify({ text: texts.at(index).text });
    const head = heads[index++ % heads.length]!;
    return Buffer.from(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
}
