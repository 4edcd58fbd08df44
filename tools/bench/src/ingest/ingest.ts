import { paths } from '@groundswell/protocol';
import { cpuSeconds } from '../machine/process-figures.js';
import type { Disturbance } from '../machine/disturbance.js';
import { MeasurementInvalid } from '../measurement-invalid.js';
import { order } from '../orders/order.js';
import { row, type Row } from '../report/row.js';
import type { Launcher, Started } from '../stack/launcher.js';
import { caughtUp } from '../stack/caught-up.js';
import { EVENT, type Stack } from '../stack/stack.js';
import type { PostOrder, PostReport, PublishReport } from './messages.js';
import type { IngestSizes } from './sizes.js';

export interface IngestScene {
  launcher: Launcher;
  stack: Stack;
  sizes: IngestSizes;
  disturbance: Disturbance;
  say: (line: string) => void;
}

/** Durable statuses a second of one process, and how long one waits at half of that. */
export async function ingest({ launcher, stack, sizes, disturbance, say }: IngestScene): Promise<Row[]> {
  const { connections, warmUpSeconds, seconds, members } = sizes;
  const names = Array.from({ length: members }, (_, i) => `poster${i}`);
  const tokens = await stack.tokens.of(names, ['member', 'load']);
  const app = await stack.app('ingest');
  const poster = await launcher.own('poster', 'ingest/poster-main.js', { core: 'load' });
  const postAll = async (spec: Pick<PostOrder, 'seconds' | 'rate'>): Promise<PostReport> => {
    const path = paths.statuses(EVENT);
    const before = await stack.end();
    const full: PostOrder = { port: app.port, path, tokens, connections, ...spec };
    const watched = disturbance.watch(app.pid);
    const report = await order<PostReport>(poster.port, '/post', full);
    watched();
    const stored = (await stack.end()) - before;
    if (report.failed > 0) throw new MeasurementInvalid(`${report.failed} posts failed: ${report.failure}.`);
    if (stored !== report.acked) {
      throw new MeasurementInvalid(`${report.acked} posts were acknowledged, the log holds ${stored} of them.`);
    }
    return report;
  };
  say('ingest: warming up');
  await postAll({ seconds: warmUpSeconds });
  // Being asked for metrics belongs to the warm-up: the first GET makes V8 throw away what it had compiled for POST alone.
  await caughtUp(app);
  say(`ingest: ${connections} connections for ${seconds} s`);
  const cpu = cpuSeconds(app.pid);
  const fast = await postAll({ seconds });
  const rate = fast.acked / fast.seconds;
  const cpuUs = ((cpuSeconds(app.pid) - cpu) * 1e6) / fast.acked;
  say(`ingest: ${Math.round(rate)}/s, p99 ${fast.latency.p99} ms; now half of that, once the views have caught up`);
  const behind = await caughtUp(app);
  const half = await postAll({ seconds, rate: rate / 2 });
  await app.stop();
  const bare = await barePublisher(launcher, stack, { seconds: Math.min(10, seconds), say });
  return [
    row({ key: 'ingest.acked_per_s', value: rate, unit: 'statuses/s', peer: bare, note: 'the peer only publishes' }),
    row({
      key: 'ingest.p99',
      value: half.latency.p99,
      unit: 'ms',
      note: `at ${Math.round(half.acked / half.seconds)}/s; p50 ${half.latency.p50} ms, longest ${half.latency.max} ms; the views had been ${(behind / 1000).toFixed(1)} s behind`,
    }),
    row({ key: 'ingest.cpu_per_status', value: cpuUs, unit: 'µs', note: 'of the ingest process, projectors included' }),
  ];
}

async function barePublisher(
  launcher: Launcher,
  stack: Stack,
  { seconds, say }: { seconds: number; say: (line: string) => void },
): Promise<number> {
  say('bare publisher: warming up, then the same');
  const bare: Started = await launcher.own('bare publisher', 'peers/bare-publisher.js', { core: 'server' });
  const publish = (duration: number) =>
    order<PublishReport>(bare.port, '/publish', { natsUrl: stack.natsUrl, seconds: duration });
  await publish(seconds / 4);
  const before = await stack.end();
  const { acked, seconds: took } = await publish(seconds);
  const stored = (await stack.end()) - before;
  await bare.stop();
  if (stored !== acked) throw new MeasurementInvalid(`The bare publisher counted ${acked}, the log holds ${stored}.`);
  return acked / took;
}
