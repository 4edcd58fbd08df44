import { Agent, request } from 'node:http';

/** How long one command is tried again while the server says that it does not know. */
const PATIENCE_MS = 60_000;
const AGAIN_MS = 150;

export interface Call {
  method: 'POST' | 'PUT' | 'DELETE';
  path: string;
  token: string;
  /** Idempotency-Key. */
  key: string;
  body?: object;
}

export interface Answer {
  /** 0: there was none. */
  status: number;
  body: string;
  /** When it was first sent and when the answer came, Unix milliseconds. */
  sentAt: number;
  answeredAt: number;
  /** Times that it was sent again. */
  retries: number;
}

/** Sends commands to an API, again and again under the same key while the answer is unknown. */
export class Caller {
  private readonly agent: Agent;

  constructor(
    private readonly base: string,
    sockets: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: sockets });
  }

  async call(call: Call, onRetry: () => void = () => undefined): Promise<Answer> {
    const sentAt = Date.now();
    const began = performance.now();
    for (let retries = 0; ; retries++) {
      const { status, body } = await this.send(call).catch((error: Error) => ({ status: 0, body: error.message }));
      const again = status === 0 || status === 503;
      if (!again || performance.now() - began > PATIENCE_MS)
        return { status, body, sentAt, answeredAt: Date.now(), retries };
      onRetry();
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  close(): void {
    this.agent.destroy();
  }

  private send({ method, path, token, key, body }: Call): Promise<{ status: number; body: string }> {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${token}`,
      'idempotency-key': key,
      ...(json === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) }),
    };
    return new Promise((resolve, reject) => {
      const call = request(new URL(path, this.base), { method, agent: this.agent, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        );
        answer.on('error', reject);
      });
      call.on('error', reject);
      call.end(json);
    });
  }
}
