import { connectBus, turnLever } from '@groundswell/bus';
import { startProcess, type RunningProcess } from '@groundswell/launch';
import type { LeverKey, Levers } from '@groundswell/levers';
import { randomUUID } from 'node:crypto';

/** What a stack says of itself when it is ready. */
export interface StackAddresses {
  /** The page, with everything under `/v1` behind it. */
  page: string;
  ingest: string;
  fanouts: string[];
  nats: string;
  redis: string;
}

export interface MemberToken {
  id: string;
  name: string;
  roles?: string[];
}

export type ProcessAction = 'kill' | 'restart' | 'pause' | 'resume';

export interface StackOptions {
  /** The repository, and a folder for data. */
  root: string;
  data: string;
  fanouts: number;
  /** Length of a busy segment. */
  segmentMs: number;
}

/** A stack of its own, empty, on free ports, with the means to mint tokens and to kill its processes. */
export class Stack {
  private constructor(
    readonly addresses: StackAddresses,
    private readonly process: RunningProcess,
    private readonly secret: string,
  ) {}

  /** Starts one through the development entry, as a person would. */
  static async start({ root, data, fanouts, segmentMs }: StackOptions): Promise<Stack> {
    const secret = randomUUID();
    let ready: StackAddresses | undefined;
    const options = ['--json', '--empty', '--port', '0', '--data', data, '--fanouts', String(fanouts)];
    const child = await startProcess({
      command: process.execPath,
      args: ['tools/dev/entry.cjs', 'start', ...options, '--token-secret', secret],
      cwd: root,
      env: process.env,
      readyMs: 180_000,
      onLine: (line) => {
        if (line.startsWith('{"t":"ready"')) ready = JSON.parse(line) as StackAddresses;
      },
      ready: /^\{"t":"ready"/,
    });
    const stack = new Stack(ready!, child, secret);
    try {
      await stack.turnLevers({
        'everyone.segment_ms': segmentMs,
        // A viewer who is skipped ahead has lost something: whoever comes back from a killed node must find it all.
        'page.max_behind': 512,
        // What is posted while no ticker runs comes in one segment; what does not fit into it is left out, and counted.
        'everyone.segment_max_bytes': 1_048_576,
        // Above it a viewer gets a sample of their friends, which the verdict does not know of.
        'friends.max_authors': 5_000,
      });
    } catch (error) {
      await stack.stop();
      throw error;
    }
    return stack;
  }

  /** Tokens for members, in their order. */
  async tokens(members: readonly MemberToken[]): Promise<string[]> {
    const tokens: string[] = [];
    for (let from = 0; from < members.length; from += 1000) {
      const body = { members: members.slice(from, from + 1000), ttlS: 6 * 3600 };
      const answer = await this.dev<{ tokens: string[] }>('/dev/tokens', body);
      tokens.push(...answer.tokens);
    }
    return tokens;
  }

  /** Kills a process with SIGKILL, or starts it again on the same port and data. */
  async act(name: string, action: ProcessAction): Promise<void> {
    await this.dev('/dev/processes', { name, action });
  }

  private async turnLevers(levers: Partial<Levers>): Promise<void> {
    const bus = await connectBus({ servers: this.addresses.nats, name: 'replay' });
    try {
      for (const [key, value] of Object.entries(levers)) {
        const turn = { value, who: 'replay', why: 'the verdict counts every segment', at: Date.now() };
        await turnLever(bus, { scope: undefined, key: key as LeverKey }, turn);
      }
    } finally {
      await bus.close();
    }
  }

  async stop(): Promise<void> {
    await this.process.stop({ signal: 'SIGINT', graceMs: 10_000 });
  }

  private async dev<T>(path: string, body: object): Promise<T> {
    const answer = await fetch(new URL(path, this.addresses.page), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.secret}` },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}
