const works = new Set<() => void>();
let timer: NodeJS.Timeout | undefined;

/**
 * Calls `work` once a second; returns what ends that. One wake-up of the process does for all: it costs more than most of
 * what is then looked at.
 */
export function everySecond(work: () => void): () => void {
  works.add(work);
  timer ??= setInterval(() => {
    for (const one of works) one();
  }, 1_000);
  return () => {
    works.delete(work);
    if (works.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
