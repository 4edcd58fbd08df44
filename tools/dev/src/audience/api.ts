import {
  paths,
  type Audience,
  type EventBody,
  type ImportLine,
  type PostedBody,
  type Problem,
} from '@groundswell/protocol';

const ANSWER_MS = 10_000;

/** ingest said no, or nothing; `status` 0 = no answer. */
export class ApiRefused extends Error {
  override readonly name = 'ApiRefused';
  readonly code = 'api_refused';
  readonly remedy = 'The logs in the data folder say more.';

  constructor(
    readonly status: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface StatusToPost {
  event: string;
  text: string;
  audience?: Audience;
  token: string;
}

/** The commands that the stack itself sends to ingest. All reject with `ApiRefused`. */
export class Api {
  constructor(
    private readonly base: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Puts an event on air; one that exists stays as it is. */
  async createEvent(body: EventBody, token: string): Promise<void> {
    await this.send(paths.events(), { token, body: JSON.stringify(body) }).catch((error: unknown) => {
      if (!(error instanceof ApiRefused && error.status === 409)) throw error;
    });
  }

  async postStatus({ event, token, ...body }: StatusToPost): Promise<PostedBody> {
    return (await this.send(paths.statuses(event), { token, body: JSON.stringify(body) })) as PostedBody;
  }

  async postComment({ event, token, of, text }: StatusToPost & { of: string }): Promise<PostedBody> {
    return (await this.send(paths.comments(event, of), { token, body: JSON.stringify({ text }) })) as PostedBody;
  }

  /** Stores profiles and friendships; resolves when all are. */
  async importSocial(lines: Iterable<ImportLine>, { token, key }: { token: string; key: string }): Promise<void> {
    const body = [...lines].map((line) => JSON.stringify(line)).join('\n');
    const answer = await this.request(paths.socialImport(), {
      body,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson', 'idempotency-key': key },
      waitMs: 60_000,
    });
    const last = JSON.parse(answer.trim().split('\n').at(-1) ?? '{}') as { t?: string; detail?: string };
    if (last.t !== 'done') throw new ApiRefused(200, last.detail ?? 'the import broke off');
  }

  private async send(path: string, { token, body }: { token: string; body: string }): Promise<unknown> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return JSON.parse(await this.request(path, { body, headers, waitMs: ANSWER_MS })) as unknown;
  }

  private async request(path: string, { body, headers, waitMs }: Request): Promise<string> {
    const signal = AbortSignal.any([this.signal, AbortSignal.timeout(waitMs)]);
    const answer = await fetch(this.base + path, { method: 'POST', headers, body, signal }).catch((cause: unknown) => {
      throw new ApiRefused(0, `ingest does not answer (${(cause as Error).message})`, { cause });
    });
    const text = await answer.text().catch((cause: unknown) => {
      throw new ApiRefused(0, 'the answer of ingest broke off', { cause });
    });
    if (!answer.ok) throw new ApiRefused(answer.status, detailOf(text) ?? `ingest answered ${answer.status}`);
    return text;
  }
}

interface Request {
  body: string;
  headers: Record<string, string>;
  waitMs: number;
}

function detailOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as Partial<Problem>).detail;
  } catch {
    return undefined;
  }
}
