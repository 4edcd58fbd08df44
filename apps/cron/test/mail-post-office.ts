import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** What a server does with a letter: takes it, refuses its recipient or the letter, or breaks off after it. */
export type Conduct =
  | 'take'
  | { rcpt: string; code: number }
  | { data: string; code: number }
  /** The connection is gone when the recipient is named. */
  | 'hang up'
  /** It keeps the letter, and the connection is gone before it has said so. */
  | 'drop';

/** A letter as it has arrived. */
export interface Delivered {
  from: string;
  to: string;
  raw: Buffer;
  mail: ParsedMail;
}

/** A real SMTP server that keeps what it gets. */
export class PostOffice {
  readonly delivered: Delivered[] = [];
  /** Whatever a recipient is not named for is taken. */
  readonly conduct = new Map<string, Conduct[]>();
  /** How often somebody wanted to deliver to an address. */
  readonly tries = new Map<string, number>();
  /** It keeps the letter at once, and does not say so before this. */
  readonly slow = new Map<string, Promise<void>>();
  private readonly server: SMTPServer;

  constructor() {
    const refusal = (text: string, responseCode: number): Error => Object.assign(new Error(text), { responseCode });
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 100,
      onRcptTo: ({ address }, session, done) => {
        this.tries.set(address, (this.tries.get(address) ?? 0) + 1);
        const next = this.conduct.get(address)?.[0];
        if (next === 'hang up') {
          this.conduct.get(address)!.shift();
          return this.hangUp(session.id);
        }
        if (typeof next !== 'object' || !('rcpt' in next)) return done();
        this.conduct.get(address)!.shift();
        return done(refusal(next.rcpt, next.code));
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          const to = rcptTo[0]!.address;
          const next = this.conduct.get(to)?.shift() ?? 'take';
          if (typeof next === 'object' && 'data' in next) return done(refusal(next.data, next.code));
          const letter = { from: mailFrom ? mailFrom.address : '', to, raw: Buffer.concat(chunks) };
          void this.keep(letter, async () => {
            await this.slow.get(to);
            if (next !== 'drop') done();
            else this.hangUp(session.id);
          });
        });
      },
      onMailFrom: (_address, _session, done) => {
        const next = this.refusesSender;
        return next ? done(refusal(next.text, next.code)) : done();
      },
    });
    // A connection that is broken on purpose says so here.
    this.server.on('error', () => undefined);
  }

  /** What every sender is told, until it is undefined again. */
  refusesSender: { text: string; code: number } | undefined;

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', () => resolve()));
  }

  /** How often somebody wanted to deliver. */
  get tried(): number {
    return [...this.tries.values()].reduce((sum, tries) => sum + tries, 0);
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as { port: number }).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** What has come for an address. */
  for(address: string): Delivered[] {
    return this.delivered.filter(({ to }) => to === address);
  }

  private hangUp(session: string): void {
    for (const one of this.server.connections) if (one.id === session) one.close();
  }

  private async keep(letter: Omit<Delivered, 'mail'>, kept: () => Promise<void>): Promise<void> {
    this.delivered.push({ ...letter, mail: await simpleParser(letter.raw) });
    await kept();
  }
}
