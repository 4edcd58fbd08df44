import { createTransport } from 'nodemailer';
import { domainOf, isOneAddress } from './address.js';
import { isAddressRefusal } from './smtp-reply.js';
import type { Rendered } from './render/letter.js';

/** A letter to one address. */
export interface Letter extends Rendered {
  /** See `letterId`: the local part of its Message-ID. */
  id: string;
  to: string;
  /** Unix milliseconds. */
  at: number;
  /** HTTPS address that a POST unsubscribes at (RFC 8058). Absent: there is nothing to unsubscribe from yet. */
  unsubscribe?: string;
}

/** What became of a letter. Who sends it again sends the very same one: it may have arrived, whatever is said here. */
export type Sending =
  | { kind: 'sent' }
  /** Not now. `ours`: the server will not take it from us, and an operator has to look. */
  | { kind: 'later'; reason: string; ours: boolean }
  /** Never: nothing can be sent to that address. */
  | { kind: 'refused'; reason: string };

export interface Mailer {
  send(letter: Letter): Promise<Sending>;
  /** Lets what is being sent end. */
  stop(): void;
}

export interface Dkim {
  domain: string;
  selector: string;
  /** PEM. */
  privateKey: string;
}

export interface MailerOptions {
  /** `smtp://[user:password@]host[:port]`, or smtps for TLS from the beginning. */
  url: string;
  /** No letter goes over a connection that cannot be encrypted. */
  requireTls: boolean;
  /** `Name <address>`, or an address. */
  from: { name: string; address: string };
  /** Where bounces go: `bounces@example.org` gets them at `bounces+<letter>@example.org`. Absent: to `from`. */
  returnPath?: string;
  dkim?: Dkim;
  /** Letters at the same time; more wait. */
  connections: number;
  /** For a step of the conversation, and for a letter as a whole, milliseconds. */
  stepMs?: number;
  letterMs?: number;
}

/** A connection that has nothing to send is closed after this time. */
const IDLE_MS = 5_000;

/** RFC 8058 wants the headers for unsubscribing to be signed; without `List-Unsubscribe-Post` it counts for nothing. */
const SIGNED =
  'From:To:Subject:Date:Message-ID:MIME-Version:Content-Type:Auto-Submitted:List-Unsubscribe:List-Unsubscribe-Post';

/** Sends letters over a pool of SMTP connections. Throws a `TypeError` for addresses of ours that are none. */
export function createMailer({
  url,
  requireTls,
  from,
  returnPath,
  dkim,
  connections,
  stepMs = 15_000,
  letterMs = 90_000,
}: MailerOptions): Mailer {
  for (const address of [from.address, returnPath ? verp(returnPath, '0'.repeat(32)) : from.address]) {
    if (!isOneAddress(address)) throw new TypeError(`${JSON.stringify(address)} is no mail address`);
  }
  const domain = domainOf(from.address);
  const transport = createTransport({
    ...serverOf(url),
    pool: true,
    // By itself the pool tries again when a connection of an earlier letter is gone: the last check would be some time ago then.
    maxRequeues: 0,
    // Before the server does so.
    idleTimeout: IDLE_MS,
    maxConnections: connections,
    requireTLS: requireTls,
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    dnsTimeout: stepMs,
    socketTimeout: stepMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim
      ? {
          dkim: {
            domainName: dkim.domain,
            keySelector: dkim.selector,
            privateKey: dkim.privateKey,
            headerFieldNames: SIGNED,
          },
        }
      : {}),
  });
  return {
    send: async ({ id, to, at, subject, text, html, unsubscribe }) => {
      if (!isOneAddress(to)) return { kind: 'refused', reason: 'this is not one mail address' };
      const list = unsubscribe
        ? {
            list: { unsubscribe: { url: unsubscribe } },
            headers: { 'Auto-Submitted': 'auto-generated', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
          }
        : { headers: { 'Auto-Submitted': 'auto-generated' } };
      try {
        await transport.sendMail({
          ...list,
          envelope: { from: returnPath ? verp(returnPath, id) : from.address, to: [to] },
          from,
          to: { name: '', address: to },
          messageId: `<${id}@${domain}>`,
          date: new Date(at),
          subject,
          text,
          html,
          signal: AbortSignal.timeout(letterMs),
        });
        return { kind: 'sent' };
      } catch (error) {
        return failed(error as SmtpError, to);
      }
    },
    stop: () => transport.close(),
  };
}

/** `bounces@example.org` → `bounces+<letter>@example.org`: the letter is known by where its bounce goes. */
function verp(returnPath: string, letter: string): string {
  const at = returnPath.lastIndexOf('@');
  return `${returnPath.slice(0, at)}+${letter}${returnPath.slice(at)}`;
}

interface SmtpError extends Error {
  code?: string;
  command?: string;
  responseCode?: number;
  response?: string;
}

/** Servers repeat the address in what they say; it is not to stand in logs. */
function failed({ code, command, responseCode = 0, response = '', message }: SmtpError, to: string): Sending {
  const reason = message.replaceAll(to, 'the address');
  const isAboutLetter = command === 'RCPT TO' || (command === 'DATA' && code === 'EMESSAGE');
  if (isAboutLetter && isAddressRefusal(responseCode, response)) return { kind: 'refused', reason };
  const ours = responseCode >= 500 || code === 'EAUTH' || code === 'ENOAUTH' || code === 'ETLS';
  return { kind: 'later', reason, ours };
}

/** Only what an address says: options in its query could turn on what is turned off here. */
function serverOf(url: string): { host: string; port: number; secure: boolean; auth?: { user: string; pass: string } } {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return {
    host: hostname.replaceAll(/^\[|\]$/g, ''),
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    ...(username ? { auth } : {}),
  };
}
