import { paths, type HeadBody } from '@groundswell/protocol';
import { Agent, get } from 'node:http';
import { steadily } from '../statuses/steadily.js';
import { Latencies } from '../swarm/tally.js';
import type { PollOrder, PollReport } from './messages.js';

/** How far behind a poller is that begins: as if it had polled an interval ago, a segment a second. */
const SEGMENT_MS = 1_000;

/** Lets pollers ask for the head in turn, and for the segments that they miss and that are not inline in it. */
export async function poll({ port, event, pollers, everyMs, connections, seconds }: PollOrder): Promise<PollReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const positions = Array.from<number | undefined>({ length: pollers });
  const latencies = new Latencies();
  const report = { polls: 0, requests: 0, failed: 0, failure: undefined as string | undefined, segments: 0 };

  const read = async <T>(path: string): Promise<T> => {
    report.requests++;
    return JSON.parse(await ask(agent, port, path)) as T;
  };
  const pollOnce = async (poller: number): Promise<void> => {
    const { epoch, n, slotMs, inline } = await read<HeadBody>(paths.head(event, 1000, Math.floor(Date.now() / 1000)));
    if (slotMs !== 1000) throw new Error(`slots of ${slotMs} ms`);
    const from = positions[poller] ?? Math.max(0, n - Math.round(everyMs / SEGMENT_MS));
    // An answer that is older than what the poller has says nothing new.
    if (n <= from) return;
    const firstInline = inline[0]?.n ?? n + 1;
    const missing = Array.from({ length: Math.max(0, firstInline - from - 1) }, (_, i) => from + 1 + i);
    const got = await Promise.all(missing.map((one) => read<{ n: number }>(paths.segment(event, epoch, one))));
    const wrong = got.findIndex((segment, i) => segment.n !== missing[i]);
    if (wrong !== -1) throw new Error(`segment ${got[wrong]!.n} for ${missing[wrong]}`);
    positions[poller] = n;
    report.segments += n - from;
  };

  const pollAndCount = async (poller: number): Promise<void> => {
    const due = performance.now();
    try {
      await pollOnce(poller);
      report.polls++;
      latencies.record(performance.now() - due);
    } catch (error) {
      report.failed++;
      report.failure ??= (error as Error).message;
    }
  };

  const under: Promise<void>[] = [];
  const start = performance.now();
  const rate = (pollers * 1000) / everyMs;
  await steadily({ rate, seconds, send: (index) => under.push(pollAndCount(index % pollers)) });
  await Promise.all(under);
  agent.destroy();
  return { ...report, seconds: (performance.now() - start) / 1000, latency: latencies.report };
}

function ask(agent: Agent, port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = get({ agent, host: '127.0.0.1', port, path }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(text);
        else reject(new Error(`status ${answer.statusCode} to ${path}`));
      });
      answer.on('error', reject);
    });
    asking.on('error', reject);
  });
}
