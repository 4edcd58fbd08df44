import type { Log } from '@groundswell/runtime';
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { domainOf } from './address.js';
import { letterOfAddress, readReport, type Returned } from './bounces.js';

/** Largest report that is taken, in bytes: it holds a letter of ours and some words. */
export const REPORT_MOST = 256 * 1024;

const CLIENTS_MOST = 50;
const IDLE_MS = 30_000;
const CLOSE_MS = 5_000;
/** Local part that complaints come to; bounces come to the letter's own. */
const COMPLAINTS = 'complaints';

export interface InboxOptions {
  host: string;
  /** 0: any free one. */
  port: number;
  /** Only mail to this domain is taken: it is that of the return path. */
  domain: string;
  /** What is done with a report; when it rejects, the report is sent again by whoever sent it. */
  handle: (returned: Returned) => Promise<void>;
  log: Log;
}

export interface Inbox {
  port: number;
  stop: () => Promise<void>;
}

/**
 * Takes in what comes back of letters. It is no mail server: it keeps nothing, sends nothing, answers no report with another,
 * and takes only what is for a letter or is a complaint. Encryption is left to a relay before it.
 */
export async function openInbox({ host, port, domain, handle, log }: InboxOptions): Promise<Inbox> {
  const isOurs = (address: string): boolean =>
    domainOf(address).toLowerCase() === domain.toLowerCase() &&
    (letterOfAddress(address) !== undefined || address.toLowerCase().startsWith(`${COMPLAINTS}@`));

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    // Names of clients are looked up in the network otherwise.
    disableReverseLookup: true,
    size: REPORT_MOST,
    maxClients: CLIENTS_MOST,
    socketTimeout: IDLE_MS,
    closeTimeout: CLOSE_MS,
    onRcptTo: ({ address }: SMTPServerAddress, _session, done) =>
      isOurs(address) ? done() : done(refusal(550, 'There is nobody of that name here')),
    onData: (stream, session, done) => void answer(receive(stream, session), done),
  });
  // Connections that break are the other side's business.
  server.on('error', (error: Error) => log.info({ err: error }, 'a connection to the inbox broke'));

  const receive = async (stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<void> => {
    const raw = await contentOf(stream);
    if (!raw) throw refusal(552, 'A report is not that long');
    const returned = await readReport(
      raw,
      envelope.rcptTo.map(({ address }) => address),
    ).catch((error: unknown) => {
      log.info({ err: error }, 'a report cannot be read');
      return undefined;
    });
    if (!returned) return;
    try {
      await handle(returned);
    } catch (error) {
      log.warn({ err: error, letter: returned.letter }, 'a report could not be worked off: it will come again');
      throw refusal(451, 'Try again later');
    }
  };

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.server.address() as { port: number }).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function answer(work: Promise<void>, done: (fault?: Error | null) => void): Promise<void> {
  let fault: Error | undefined;
  try {
    await work;
  } catch (error) {
    fault = error as Error;
  }
  done(fault);
}

/** Undefined when it is too long; it is read to its end all the same, as the protocol wants it. */
async function contentOf(stream: SMTPServerDataStream): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= REPORT_MOST) chunks.push(chunk);
    else chunks.length = 0;
  }
  return bytes > REPORT_MOST || stream.sizeExceeded ? undefined : Buffer.concat(chunks);
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
