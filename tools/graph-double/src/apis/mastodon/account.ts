import type { Profile } from '../../profile.js';

/** What clients need of an `Account`. A handle with `@server` is one of another server. */
export function account({ id, handle, name }: Profile) {
  return { id, username: handle.split('@')[0]!, acct: handle, display_name: name };
}
