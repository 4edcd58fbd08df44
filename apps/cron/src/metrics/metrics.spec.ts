import { Registry } from 'prom-client';
import { NotifierMetrics, type MetricsOptions } from './metrics.js';

function setUp(change: Partial<MetricsOptions> = {}) {
  const registry = new Registry();
  const metrics = new NotifierMetrics({
    registry,
    providers: ['own', 'mastodon'],
    due: (provider) =>
      Promise.resolve({ count: provider === 'own' ? 3 : 0, since: provider === 'own' ? 4_000 : undefined }),
    letters: () => Promise.resolve({ count: 2, since: 9_000 }),
    dead: () => Promise.resolve(1),
    pausedMs: (provider) => Promise.resolve(provider === 'mastodon' ? 5_000 : 0),
    requests: (provider) => (provider === 'own' ? 7 : 0),
    now: () => 10_000,
    ...change,
  });
  const lines = async () => (await registry.metrics()).split('\n').filter((line) => /^groundswell.* [1-9]/.test(line));
  return { metrics, lines };
}

describe('NotifierMetrics', () => {
  it('tells who waits, and since when', async () => {
    expect(await setUp().lines()).toEqual([
      'groundswell_notifier_provider_requests_total{provider="own"} 7',
      'groundswell_notifier_due_watchers{provider="own"} 3',
      'groundswell_notifier_due_lag_seconds{provider="own"} 6',
      'groundswell_notifier_provider_pause_seconds{provider="mastodon"} 5',
      'groundswell_notifier_letters_due 2',
      'groundswell_notifier_outbox_age_seconds 1',
      'groundswell_notifier_dead_tasks_waiting 1',
    ]);
  });

  it('leaves out what the store cannot tell, and counts on', async () => {
    const out = () => Promise.reject(new Error('out'));
    const { metrics, lines } = setUp({ due: out, letters: out, dead: out, pausedMs: out });
    metrics.planFor('own', 5);
    metrics.looksAt('own', 4);
    metrics.meant('own', { told: 2, baseline: 1 });
    metrics.answered('mastodon', { kind: 'soft', reason: 'rate_limited' });
    metrics.answered('mastodon', undefined);
    metrics.tripped('mastodon', 'watcher');
    metrics.letter('sent');
    metrics.addressStopped('bounced');
    metrics.taskBuried();
    expect(await lines()).toEqual([
      'groundswell_notifier_planned_total{provider="own"} 5',
      'groundswell_notifier_looked_total{provider="own"} 4',
      'groundswell_notifier_pairs_total{provider="own",outcome="told"} 2',
      'groundswell_notifier_pairs_total{provider="own",outcome="baseline"} 1',
      'groundswell_notifier_provider_calls_total{provider="mastodon",outcome="soft",reason="rate_limited"} 1',
      'groundswell_notifier_provider_calls_total{provider="mastodon",outcome="ok",reason=""} 1',
      'groundswell_notifier_breaker_trips_total{provider="mastodon",scope="watcher"} 1',
      'groundswell_notifier_letters_total{outcome="sent"} 1',
      'groundswell_notifier_stopped_addresses_total{reason="bounced"} 1',
      'groundswell_notifier_dead_tasks_total 1',
      'groundswell_notifier_provider_requests_total{provider="own"} 7',
    ]);
  });
});
