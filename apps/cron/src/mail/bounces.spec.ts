import { letterOfAddress, readReport } from './bounces.js';

const LETTER = '0123456789abcdef0123456789abcdef';
const VERP = `bounces+${LETTER}@example.org`;

/** A report with the parts given, as mail servers write it. */
function report(type: string, parts: readonly (readonly [type: string, text: string])[]): Buffer {
  const lines = [
    'From: MAILER-DAEMON@mx.example.net',
    `To: ${VERP}`,
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=${type};\r\n boundary="b1"`,
    '',
    '--b1',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'Status: 5.1.1 stands here in words and counts for nothing.',
    '',
    ...parts.flatMap(([name, text]) => ['--b1', `Content-Type: ${name}`, '', text, '']),
    '--b1--',
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

const dsn = (status: string, action = 'failed', more: readonly string[] = []): readonly [string, string] => [
  'message/delivery-status',
  [
    'Reporting-MTA: dns; mx.example.net',
    'Arrival-Date: Tue, 12 Mar 2030 10:00:00 +0000',
    '',
    'Final-Recipient: rfc822; ada@example.net',
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550 5.1.1',
    '    <ada@example.net>: No such user',
    ...more,
  ].join('\r\n'),
];

const letterHead = (id: string): string =>
  ['From: hello@example.org', 'To: ada@example.net', `Message-ID: <${id}@example.org>`, 'Subject: x', ''].join('\r\n');

const arf = (type: string, ...more: string[]): readonly [string, string] => [
  'message/feedback-report',
  [`Feedback-Type: ${type}`, 'User-Agent: SomeGenerator/1.0', 'Version: 1', ...more].join('\r\n'),
];

describe('readReport', () => {
  it.each([
    ['5.1.1', 'failed', 'bounced'],
    ['5.0.0', 'failed', 'bounced'],
    ['5.1.1 (no such user)', 'Failed', 'bounced'],
    ['5.7.1', 'failed', undefined],
    ['4.4.7', 'failed', undefined],
    ['4.2.2', 'delayed', undefined],
    ['5.1.1', 'delayed', undefined],
    ['2.1.5', 'delivered', undefined],
    ['2.1.5', 'relayed', undefined],
    ['', 'failed', undefined],
  ])('takes a delivery status of %s, %s, as %s', async (status, action, kind) => {
    const returned = await readReport(report('delivery-status', [dsn(status, action)]), [VERP]);
    expect(returned).toEqual(kind && { letter: LETTER, kind });
  });

  it('sees one failure among several recipients', async () => {
    const more = ['', 'Final-Recipient: rfc822; b@example.net', 'Action: failed', 'Status: 5.1.1'];
    expect(await readReport(report('delivery-status', [dsn('4.2.2', 'delayed', more)]), [VERP])).toEqual({
      letter: LETTER,
      kind: 'bounced',
    });
  });

  it.each([
    ['message/rfc822', `${letterHead(LETTER)}\r\nThe letter.`],
    ['text/rfc822-headers', letterHead(LETTER)],
  ])('knows the letter by its own head in %s where the address does not say it', async (type, text) => {
    const raw = report('delivery-status', [dsn('5.1.1'), [type, text]]);
    expect(await readReport(raw, ['complaints@example.org'])).toEqual({ letter: LETTER, kind: 'bounced' });
  });

  it.each([
    ['abuse', 'complained'],
    ['Fraud', 'complained'],
    ['not-spam', undefined],
    ['auth-failure', undefined],
    ['', undefined],
  ])('takes feedback of type %j as %s', async (type, kind) => {
    const raw = report('feedback-report', [arf(type), ['message/rfc822', `${letterHead(LETTER)}\r\nThe letter.`]]);
    expect(await readReport(raw, ['complaints@example.org'])).toEqual(kind && { letter: LETTER, kind });
  });

  it('knows the letter of a complaint by where it came from', async () => {
    const raw = report('feedback-report', [arf('abuse', `Original-Mail-From: <${VERP}>`)]);
    expect(await readReport(raw, ['complaints@example.org'])).toEqual({ letter: LETTER, kind: 'complained' });
  });

  it('knows no letter where none is named', async () => {
    const other = report('delivery-status', [dsn('5.1.1'), ['text/rfc822-headers', letterHead('somebody-else')]]);
    expect(await readReport(other, ['complaints@example.org'])).toBeUndefined();
  });

  it.each([
    [
      'an answer out of office',
      'Content-Type: text/plain\r\nAuto-Submitted: auto-replied\r\n\r\nStatus: 5.1.1\r\nAction: failed',
    ],
    ['another report', 'Content-Type: multipart/report; report-type=disposition-notification; boundary=x\r\n\r\n--x--'],
    ['nothing', ''],
    ['noise', '\u0000\u0001--\r\n\r\n\r\n'],
    ['a report without parts', 'Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n'],
  ])('takes %s for no report', async (_, raw) => {
    expect(await readReport(Buffer.from(raw), [VERP])).toBeUndefined();
  });

  it('gives up on one with very many parts', async () => {
    const parts = Array.from({ length: 100 }, () => ['text/plain', 'x'] as const);
    await expect(readReport(report('delivery-status', parts), [VERP])).rejects.toThrow(/nodes/i);
  });
});

describe('letterOfAddress', () => {
  it.each([
    [VERP, LETTER],
    [VERP.toUpperCase(), LETTER],
    [`bounces@example.org`, undefined],
    [`bounces+${LETTER}0@example.org`, undefined],
    [`bounces+${LETTER.slice(1)}g@example.org`, undefined],
    ['', undefined],
  ])('of %s is %s', (address, letter) => {
    expect(letterOfAddress(address)).toBe(letter);
  });
});
