/** An answer as it travels between viewer, cache and origin. Names of headers are in small letters. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** Asks whoever stands behind: `path` is the part of the address after the host. */
export type Ask = (path: string) => Promise<Answer>;

/** Headers that matter to caches and viewers; the rest is left out on the way. */
const KEPT = ['cache-control', 'content-type', 'etag', 'retry-after', 'surrogate-key'];

/** Asks a server on this machine. Redirects and cookies do not exist here. */
export async function askServer(url: string, path: string): Promise<Answer> {
  const answer = await fetch(`${url}${path}`, { redirect: 'manual' });
  const headers = KEPT.flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { status: answer.status, headers: Object.fromEntries(headers), body: await answer.text() };
}

/** How long a shared cache may keep an answer, milliseconds; 0 = not at all. */
export function cacheableMs({ status, headers }: Answer): number {
  const says = headers['cache-control'] ?? '';
  if (status !== 200 || !/\bpublic\b/.test(says) || /\b(no-store|no-cache|private)\b/.test(says)) return 0;
  const [, seconds] = /s-maxage=(\d+)/.exec(says) ?? /max-age=(\d+)/.exec(says) ?? [];
  return Number(seconds ?? 0) * 1000;
}
