import { MeasurementInvalid } from '../measurement-invalid.js';
import type { Started } from './launcher.js';

const PATIENCE_MS = 60_000;

/** Waits until the views of an ingest process hold all that is in the logs. Resolves with the milliseconds it took. */
export async function caughtUp({ port }: Started): Promise<number> {
  const start = performance.now();
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/ready`);
    const { views } = (await answer.json()) as { views: { log: string; caughtUp: boolean }[] };
    if (views.length > 0 && views.every((view) => view.caughtUp)) return performance.now() - start;
    if (performance.now() - start > PATIENCE_MS) {
      throw new MeasurementInvalid(`The views did not catch up with the logs in ${PATIENCE_MS / 1000} s.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
