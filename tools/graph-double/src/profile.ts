/** How a member is shown to others. */
export interface Profile {
  id: string;
  name: string;
  handle: string;
}

/** The domain of a `did:web`, a domain made of any other DID, a user name for everybody else. */
export function defaultHandle(id: string): string {
  const [, method, rest] = /^did:([a-z]+):(.+)$/.exec(id) ?? [];
  if (rest === undefined) return `member${id}`;
  return method === 'web' ? rest : `${rest.replaceAll(/[^A-Za-z0-9-]/g, '-')}.example`;
}
