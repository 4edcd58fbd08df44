import type { RemoteNetwork, RemoteProvider, RemoteWatch } from '@groundswell/protocol';

const ACCOUNT = /^\/v1\/accounts\/([a-z]+)$/;
const WATCHES = /^\/v1\/watches\/([a-z]+)$/;

/** Who the one member of the double is in other networks, and whom they watch there. */
export class ElsewhereDouble {
  networks: RemoteNetwork[] = [];
  readonly watches: RemoteWatch[] = [];
  /** As they were sent, tokens included. */
  readonly connected = new Map<string, { account: string; token?: string }>();

  /** The body of the answer, or undefined when the address is of something else. */
  answer(method: string, pathname: string, text: string): object | undefined {
    if (method === 'GET' && pathname === '/v1/accounts') {
      const accounts = [...this.connected].map(([provider, { account }]) => ({
        provider,
        account,
        reason: null,
        since: 5,
      }));
      return { accounts, networks: this.networks };
    }
    if (method === 'GET' && pathname === '/v1/watches') return { watches: [], elsewhere: this.watches, most: 50 };
    const [, connecting] = ACCOUNT.exec(pathname) ?? [];
    if (method === 'PUT' && connecting !== undefined) {
      this.connected.set(connecting, JSON.parse(text) as { account: string; token?: string });
      return { seq: 1 };
    }
    const [, watching] = WATCHES.exec(pathname) ?? [];
    if (method !== 'POST' || watching === undefined) return undefined;
    const { subjects } = JSON.parse(text) as { subjects: string[] };
    const provider = watching as RemoteProvider;
    this.watches.push(...subjects.map((subject) => ({ provider, subject, delay: 'none' as const })));
    return { seq: 1 };
  }
}
