function toTop(): void {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  window.scrollTo({ top: 0, behavior: still ? 'instant' : 'smooth' });
}

/** Leads up to the statuses that came while the reader was further down. */
export function NewPill({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <div className="pill-place">
      <button type="button" className="pill" onClick={toTop}>
        ↑ {count === 1 ? '1 new status' : `${count} new statuses`}
      </button>
    </div>
  );
}
