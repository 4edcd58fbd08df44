import { createContext, useContext, useEffect, useState } from 'react';
import type { ReactNode } from 'react';

const Now = createContext(0);

/** How often times are written anew, milliseconds. */
const REFRESH_MS = 15_000;

/** Gives the time of the server to everything below; `offset` = server clock minus this one, milliseconds. */
export function NowProvider({ offset, children }: { offset: number; children: ReactNode }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  return <Now value={now + offset}>{children}</Now>;
}

/** `now`, `40 s`, `5 min`, `3 h`, then the date. Both in Unix milliseconds. */
export function timeAgo(at: number, now: number): string {
  const seconds = Math.floor(Math.max(0, now - at) / 1_000);
  if (seconds < 10) return 'now';
  if (seconds < 60) return `${seconds - (seconds % 10)} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h`;
  return new Date(at).toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
}

export function RelativeTime({ at }: { at: number }) {
  const now = useContext(Now);
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} title={date.toLocaleString()}>
      {timeAgo(at, now)}
    </time>
  );
}
