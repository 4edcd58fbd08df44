import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cores } from '../machine/cores.js';
import { MeasurementInvalid } from '../measurement-invalid.js';
import { order } from '../orders/order.js';
import type { Row } from '../report/row.js';
import type { Launcher } from '../stack/launcher.js';
import { EVENT, type Stack } from '../stack/stack.js';
import { StatusMaker } from '../statuses/status-maker.js';
import { steadily } from '../statuses/steadily.js';
import type { Texts } from '../statuses/texts.js';
import { CACHES, isInstalled, type Cache } from './caches.js';
import type { OriginReport, PollOrder, PollReport } from './messages.js';
import { edgeRows, hitShare, type Measured } from './rows.js';
import type { EdgeSizes } from './sizes.js';

export interface EdgeScene {
  launcher: Launcher;
  stack: Stack;
  texts: Texts;
  sizes: EdgeSizes;
  cores: Cores | undefined;
  say: (line: string) => void;
}

/** As often as a head says when nobody has turned that lever. */
const POLL_MS = 5_000;

/** What the origin still has to answer with 1, 10 and 100 times the pollers behind a cache. */
export async function edge(scene: EdgeScene): Promise<Row[]> {
  const { launcher, stack, texts, sizes } = scene;
  const app = await stack.app('fanout');
  const counter = await launcher.own('origin counter', 'edge/origin-counter.js', {
    core: 'load',
    env: { BEHIND_PORT: String(app.port) },
  });
  const poller = await launcher.own('poller', 'edge/poller-main.js', { core: 'load' });
  const posting = postUntilStopped(stack, texts, sizes.rate);
  try {
    const results: { cache: string; measured: Measured[] | undefined }[] = [];
    for (const cache of CACHES) {
      const there = await isInstalled(cache);
      if (!there) scene.say(`${cache.name} is not installed: left out`);
      const measured = there ? await measure(scene, cache, { counter: counter.port, poller: poller.port }) : undefined;
      results.push({ cache: cache.name, measured });
    }
    return edgeRows(results);
  } finally {
    await posting.stop();
  }
}

interface Ports {
  counter: number;
  poller: number;
}

async function measure({ launcher, sizes, cores, say }: EdgeScene, cache: Cache, ports: Ports): Promise<Measured[]> {
  const { name, start, config } = cache;
  const dir = await mkdtemp(join(tmpdir(), 'groundswell-bench-edge-'));
  const origin = await order<{ port: number }>(ports.counter, '/port');
  const via = cores ? ['taskset', '-c', String(cores.server)] : [];
  try {
    const server = launcher.keep(await start({ dir, origin: origin.port, config, via, signal: launcher.signal }));
    const pollAll = (pollers: number, seconds: number): Promise<PollReport> => {
      const { connections } = sizes;
      const full: PollOrder = { port: server.port, event: EVENT, pollers, everyMs: POLL_MS, connections, seconds };
      return order<PollReport>(ports.poller, '/poll', full);
    };
    const all: Measured[] = [];
    for (const factor of sizes.factors) {
      const pollers = sizes.pollers * factor;
      const [report, requests] = await Promise.all([
        pollAll(pollers, sizes.warmUpSeconds + 1 + sizes.seconds),
        countWithin(ports.counter, sizes),
      ]);
      if (report.failed > 0) throw new MeasurementInvalid(`${report.failed} polls failed: ${report.failure}.`);
      const measured = {
        factor,
        originRequests: requests / sizes.seconds,
        edgeRequests: report.requests / report.seconds,
        p99: report.latency.p99,
      };
      say(
        `${name} ×${factor}: ${Math.round(measured.edgeRequests)} requests/s, ${measured.originRequests.toFixed(2)}/s of the origin, ${(hitShare(measured) * 100).toFixed(2)} % from the cache`,
      );
      all.push(measured);
    }
    await server.stop();
    return all;
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Requests of the origin from half-way through one slot to half-way through another: as many slots as seconds. */
async function countWithin(port: number, { warmUpSeconds, seconds }: EdgeSizes): Promise<number> {
  await wait(warmUpSeconds * 1000);
  await wait((1500 - (Date.now() % 1000)) % 1000);
  await order<OriginReport>(port, '/count');
  await wait(seconds * 1000);
  return (await order<OriginReport>(port, '/count')).requests;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Statuses at a steady rate, so that there is something to fetch. */
function postUntilStopped(stack: Stack, texts: Texts, rate: number): { stop: () => Promise<void> } {
  const maker = new StatusMaker(texts);
  const stopping = new AbortController();
  let failure: unknown;
  const post = (): void => {
    stack.publish(maker.next()).catch((error: unknown) => (failure ??= error));
  };
  const posting = (async () => {
    while (!stopping.signal.aborted) await steadily({ rate, seconds: 0.5, send: post });
  })();
  return {
    stop: async () => {
      stopping.abort();
      await posting;
      if (failure !== undefined) throw new MeasurementInvalid('A status could not be stored.', { cause: failure });
    },
  };
}
