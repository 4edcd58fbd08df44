/**
 * Every stored message is a CloudEvents 1.0 event in the binary mode of its NATS protocol binding: attributes are
 * headers with the prefix `ce-`, the data is JSON.
 */
import {
  parseFeedSubject,
  parseNotifySubject,
  parsePrivateSubject,
  parseRawSubject,
  parseSocialSubject,
} from './subjects.js';

export interface Envelope {
  subject: string;
  headers: Record<string, string>;
  data: Uint8Array;
}

export interface EnvelopeInput {
  subject: string;
  /** `ce-id` and `Nats-Msg-Id`: two messages with one id are the same message. */
  id: string;
  /** URI reference of the writer, e.g. `/ingest/a1b2`. */
  source: string;
  /** Unix milliseconds. */
  at: number;
  message: object;
}

const encoder = new TextEncoder();

/** Wraps a message for the log. Throws a `TypeError` for a subject that carries none of our messages. */
export function envelope({ subject, id, source, at, message }: EnvelopeInput): Envelope {
  const type = typeOf(subject);
  if (!type) throw new TypeError(`no message travels on the subject ${subject}`);
  return {
    subject,
    headers: {
      'Nats-Msg-Id': id,
      'content-type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': id,
      'ce-type': `groundswell.${type}.v1`,
      'ce-source': source,
      'ce-time': new Date(at).toISOString(),
      'ce-dataschema': `urn:groundswell:schema:${type}:v1`,
    },
    data: encoder.encode(JSON.stringify(message)),
  };
}

function typeOf(subject: string): string | undefined {
  const feed = parseFeedSubject(subject);
  if (feed) return `feed.${feed.kind}`;
  const social = parseSocialSubject(subject);
  if (social) return `social.${social}`;
  const sealed = parsePrivateSubject(subject);
  if (sealed) return `private.${sealed}`;
  const notify = parseNotifySubject(subject);
  if (notify) return `notify.${notify}`;
  const raw = parseRawSubject(subject);
  return raw && `raw.${raw.kind}`;
}
