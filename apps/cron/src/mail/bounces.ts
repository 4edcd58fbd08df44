import { simpleParser, type Attachment, type ParsedMail } from 'mailparser';
import { LETTER_ID } from './letter-id.js';
import { isAddressFault } from './smtp-reply.js';

/** What came back of a letter. */
export interface Returned {
  letter: string;
  kind: 'bounced' | 'complained';
}

/** Parts and headers that a report may have; ours come back with fewer than ten. */
const PARTS_MOST = 50;
const HEAD_MOST = 64 * 1024;

/** Feedback types (RFC 5965) of somebody who does not want such letters. `not-spam` and `auth-failure` are not. */
const COMPLAINTS = ['abuse', 'fraud', 'opt-out'];

type Fields = ReadonlyMap<string, string>;

/**
 * Reads a report on a letter: that it could not be delivered and never will be (RFC 3464), or that somebody complained of it
 * (RFC 5965). Undefined for everything else, a delay among it. `recipients`: whom the report was sent to, which tells the
 * letter where the report does not.
 */
export async function readReport(raw: Buffer, recipients: readonly string[]): Promise<Returned | undefined> {
  const mail = await simpleParser(raw, {
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    checksumAlgo: false,
    maxChildNodes: PARTS_MOST,
    maxHeadSize: HEAD_MOST,
  });
  const kind = kindOf(mail);
  if (!kind) return undefined;
  const letter = recipients.map(letterOfAddress).find(Boolean) ?? letterOfReport(mail);
  return letter === undefined ? undefined : { letter, kind };
}

/** `bounces+<letter>@example.org` → the letter. */
export function letterOfAddress(address: string): string | undefined {
  const tag = /^[^+@]*\+([^@]*)@/.exec(address)?.[1]?.toLowerCase() ?? '';
  return LETTER_ID.test(tag) ? tag : undefined;
}

function kindOf(mail: ParsedMail): Returned['kind'] | undefined {
  const type = mail.headers.get('content-type') as { value?: string; params?: Record<string, string> } | undefined;
  if (type?.value !== 'multipart/report') return undefined;
  if (type.params?.['report-type']?.toLowerCase() === 'feedback-report') {
    const [feedback] = blocksOf(part(mail, 'message/feedback-report'));
    return COMPLAINTS.includes(feedback?.get('feedback-type')?.toLowerCase() ?? '') ? 'complained' : undefined;
  }
  const blocks = blocksOf(part(mail, 'message/delivery-status'));
  const isFailed = (fields: Fields): boolean =>
    fields.get('action')?.toLowerCase() === 'failed' && isAddressFault(statusOf(fields));
  return blocks.some(isFailed) ? 'bounced' : undefined;
}

/** What comes before a remark in brackets, as in `5.1.1 (no such user)`. */
function statusOf(fields: Fields): string {
  return /^\s*([\d.]+)/.exec(fields.get('status') ?? '')?.[1] ?? '';
}

/** The letter that a report is about, as the letter itself says it, or the report. */
function letterOfReport(mail: ParsedMail): string | undefined {
  const [feedback] = blocksOf(part(mail, 'message/feedback-report'));
  const from = feedback?.get('original-mail-from')?.replaceAll(/[<>\s]/g, '');
  const returned = part(mail, 'message/rfc822') ?? part(mail, 'text/rfc822-headers');
  const [head] = blocksOf(returned);
  const id = /^<([0-9a-f]+)@/i.exec(head?.get('message-id') ?? '')?.[1]?.toLowerCase() ?? '';
  return (from && letterOfAddress(from)) ?? (LETTER_ID.test(id) ? id : undefined);
}

function part({ attachments }: ParsedMail, type: string): Attachment | undefined {
  return attachments.find(({ contentType }) => contentType.toLowerCase() === type);
}

/** Fields as in the head of a mail, in blocks with an empty line between them; of fields of one name the first counts. */
function blocksOf(attachment: Attachment | undefined): Fields[] {
  const text = attachment?.content.toString('utf8').replaceAll('\r\n', '\n').trim() ?? '';
  return text.split(/\n\n+/).map((block) => {
    const fields = new Map<string, string>();
    for (const line of block.replaceAll(/\n[ \t]+/g, ' ').split('\n')) {
      const colon = line.indexOf(':');
      const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
      if (name && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
    }
    return fields;
  });
}
