import { simpleParser, type ParsedMail } from 'mailparser';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** Letters kept; the oldest go. */
const KEPT = 200;
const MAX_BYTES = 1024 * 1024;

/** A letter as it was delivered. */
export interface Letter {
  n: number;
  /** Unix milliseconds. */
  at: number;
  to: string;
  mail: ParsedMail;
  source: Buffer;
}

/** An SMTP server that delivers to nobody: what is sent to it can be looked at. */
export class Inbox {
  private readonly kept: Letter[] = [];
  private count = 0;
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MAX_BYTES,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const source = Buffer.concat(chunks);
        const to = session.envelope.rcptTo.map(({ address }) => address).join(', ');
        simpleParser(source, (error, mail) => {
          if (!error) this.keep({ n: ++this.count, at: Date.now(), to, mail, source });
          done(error);
        });
      });
    },
  });

  /** Newest first. */
  get letters(): readonly Letter[] {
    return this.kept.toReversed();
  }

  find(n: number): Letter | undefined {
    return this.kept.find((letter) => letter.n === n);
  }

  /** Listens on a free port of this machine; resolves to its address. */
  async start(): Promise<string> {
    const listening = this.server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    return `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }

  private keep(letter: Letter): void {
    this.kept.push(letter);
    if (this.kept.length > KEPT) this.kept.shift();
  }
}
