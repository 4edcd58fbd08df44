import type { RemoteProvider } from '@groundswell/protocol';
import type { RemoteAccount, RemoteMember, RemoteWorld } from './remote-world.js';

const ANSWER_MS = 5_000;

/** Settings of the apps: where each network is. */
export interface NetworkUrls {
  GRAPH_URL: string;
  BLUESKY_URL: string;
  MASTODON_URL: string;
}

/** Somebody who follows a demo member, or did. */
export interface Follower {
  id: string;
  name: string;
  handle: string;
  status: string | undefined;
  follows: boolean;
}

/** The double did not take an order; the message says why. */
export class NetworksUnavailable extends Error {
  override readonly name = 'NetworksUnavailable';
  readonly code = 'networks_unavailable';
  readonly remedy = 'The networks may be starting again: try once more in a few seconds.';
}

/**
 * What stands for the other networks, and is changed by hand. It is kept here and told to the double, which forgets it
 * when it ends.
 */
export class Networks {
  readonly accounts: readonly RemoteAccount[];
  private readonly members: Map<string, RemoteMember>;
  /** By the account that is followed: all who did so at the start. */
  private readonly followersOf: ReadonlyMap<string, readonly string[]>;
  private base: string | undefined;

  constructor({ members, accounts }: RemoteWorld) {
    this.accounts = accounts;
    this.members = new Map(members.map((member) => [member.id, member]));
    this.followersOf = new Map(
      accounts.map(({ id }) => [id, members.filter(({ follows }) => follows.includes(id)).map((member) => member.id)]),
    );
  }

  /** Where the double listens; undefined until it has run. */
  get url(): string | undefined {
    return this.base;
  }

  /** Tells a double that has just started all that it should know. Throws `NetworksUnavailable`. */
  async settle(url: string): Promise<void> {
    this.base = url;
    const tokens = Object.fromEntries(
      this.accounts.flatMap(({ id, token }) => (token === undefined ? [] : [[token, id]])),
    );
    await this.order('world', { members: [...this.members.values()], tokens });
  }

  find(network: string, member: string): RemoteAccount | undefined {
    return this.accounts.find((account) => account.network === network && account.member === member);
  }

  /** In the order of the world, demo members first. */
  followers({ id: followed }: RemoteAccount): Follower[] {
    return (this.followersOf.get(followed) ?? []).map((follower) => {
      const { id, name, handle, status, follows } = this.members.get(follower)!;
      return { id, name, handle, status, follows: follows.includes(followed) };
    });
  }

  /** False when there is no such pair. Throws `NetworksUnavailable`. */
  async setFollowing(follower: string, followed: string, follows: boolean): Promise<boolean> {
    if (this.followersOf.get(followed)?.includes(follower) !== true) return false;
    await this.order('following', { follower, followed, follows });
    const found = this.members.get(follower)!;
    const others = found.follows.filter((id) => id !== followed);
    this.members.set(follower, { ...found, follows: follows ? [...others, followed] : others });
    return true;
  }

  /** Undefined: not filled in. False when there is no such member. Throws `NetworksUnavailable`. */
  async setStatus(id: string, status: string | undefined): Promise<boolean> {
    const found = this.members.get(id);
    if (!found) return false;
    await this.order('status', { id, status: status ?? null });
    const { status: _, ...rest } = found;
    this.members.set(id, status === undefined ? rest : { ...rest, status });
    return true;
  }

  private async order(what: string, body: unknown): Promise<void> {
    const sent = { method: 'PUT', body: JSON.stringify(body), signal: AbortSignal.timeout(ANSWER_MS) };
    const answer = await fetch(`${this.base}/control/${what}`, sent).catch((cause: unknown) => {
      throw new NetworksUnavailable('The networks did not answer.', { cause });
    });
    const text = await answer.text();
    if (!answer.ok) throw new NetworksUnavailable(`The networks refused the order: ${text}`);
  }
}

/** A path for each network below the address of the double. */
export function networkUrls(base: string): NetworkUrls {
  const at = (network: RemoteProvider) => `${base}/${network}`;
  return { GRAPH_URL: at('graph'), BLUESKY_URL: at('bluesky'), MASTODON_URL: at('mastodon') };
}
