import { paths } from '@groundswell/protocol';

/** Address of the feed's socket on the server whose pages are at `base`: `https://a.b` → `wss://a.b/v1/socket`. */
export function socketAddress(base: string): string {
  if (!/^https?:\/\/./.test(base)) throw new TypeError(`Not an http or https address: ${JSON.stringify(base)}`);
  return base.replace(/^http/, 'ws').replace(/\/+$/, '') + paths.socket();
}
