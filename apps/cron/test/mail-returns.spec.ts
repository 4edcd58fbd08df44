import { useNats, useRedis } from '@groundswell/testing';
import { connect } from 'node:net';
import { createTransport } from 'nodemailer';
import { REPORT_MOST } from '../src/mail/inbox.js';
import type { Mail } from '../src/mail/mail.js';
import { MailStage } from './mail-stage.js';

describe('what comes back of letters', () => {
  const nats = useNats();
  const redis = useRedis();
  let stage: MailStage;
  let mail: Mail;
  let letter: string;
  let returnPath: string;

  beforeAll(async () => {
    stage = await MailStage.start({ nats: nats.url, redis: redis.url });
  });
  afterAll(() => stage.stop());
  beforeEach(async () => {
    stage.begin();
    mail = await stage.open(undefined, 0);
    await stage.settle('ada');
    await stage.watch('ada', 'ben');
    await stage.notice('ada', 'ben');
    await stage.round(mail);
    const [delivered] = stage.office.for(stage.address('ada'));
    returnPath = delivered!.from;
    letter = delivered!.mail.messageId!.slice(1, -1).split('@')[0]!;
  });
  afterEach(() => mail.stop());

  const report = (type: string, parts: readonly string[]): string =>
    [
      'From: MAILER-DAEMON@mx.example.net',
      'Subject: Returned',
      'MIME-Version: 1.0',
      `Content-Type: multipart/report; report-type=${type}; boundary="b1"`,
      '',
      ...parts.flatMap((part) => ['--b1', part, '']),
      '--b1--',
      '',
    ].join('\r\n');
  const dsn = (status: string): string =>
    report('delivery-status', [
      'Content-Type: text/plain\r\n\r\nIt could not be delivered.',
      `Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; x@example.net\r\nAction: failed\r\nStatus: ${status}`,
    ]);
  const complaint = (): string =>
    report('feedback-report', [
      'Content-Type: text/plain\r\n\r\nA complaint.',
      'Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1',
      `Content-Type: message/rfc822\r\n\r\nMessage-ID: <${letter}@example.org>\r\nSubject: x\r\n\r\nx`,
    ]);

  const deliver = async (to: string, raw: string): Promise<number> => {
    const transport = createTransport({ host: '127.0.0.1', port: mail.inboxPort!, secure: false });
    try {
      await transport.sendMail({ envelope: { from: '', to: [to] }, raw });
      return 250;
    } catch (error) {
      return (error as { responseCode: number }).responseCode;
    }
  };

  it('stops an address that a letter could not be delivered to', async () => {
    expect([await deliver(returnPath, dsn('5.1.1')), await stage.state('ada')]).toEqual([250, 'stopped bounced']);
  });

  it('stops an address from which somebody complained', async () => {
    expect(await deliver('complaints@b.example.org', complaint())).toBe(250);
    expect(await stage.state('ada')).toBe('stopped complained');
  });

  it.each([
    ['a delay', '4.4.7'],
    ['our reputation', '5.7.1'],
  ])('stops nothing for %s', async (_, status) => {
    expect([await deliver(returnPath, dsn(status)), await stage.state('ada')]).toEqual([250, 'confirmed']);
  });

  it('stops no other address that the member has given since', async () => {
    const address = `new.${stage.address('ada')}`;
    await stage.say('ada', { kind: 'address', content: { step: 'confirmed', address } });
    expect([await deliver(returnPath, dsn('5.1.1')), await stage.state('ada')]).toEqual([250, 'confirmed']);
  });

  it('stops nothing of an erased member, and makes no key anew', async () => {
    await stage.keys.erase(stage.name('ada'));
    expect([await deliver(returnPath, dsn('5.1.1')), await stage.keys.find(stage.name('ada'))]).toEqual([
      250,
      undefined,
    ]);
  });

  it('takes a report for a letter that nobody knows, and does nothing', async () => {
    const unknown = returnPath.replace(letter, 'f'.repeat(32));
    expect([await deliver(unknown, dsn('5.1.1')), await stage.state('ada')]).toEqual([250, 'confirmed']);
  });

  it('has a report sent again while the view is behind', async () => {
    await stage.write('ben', { kind: 'consent', content: { mode: 'off' } });
    expect(await deliver(returnPath, dsn('5.1.1'))).toBe(451);
    await stage.catchUp();
    expect([await deliver(returnPath, dsn('5.1.1')), await stage.state('ada')]).toEqual([250, 'stopped bounced']);
  });

  it('takes nothing for anybody else', async () => {
    const others = [
      'ada@b.example.org',
      'bounces@b.example.org',
      'bounces+x@b.example.org',
      returnPath.replace('@b.', '@c.'),
      'eve@example.net',
    ];
    expect(await Promise.all(others.map((other) => deliver(other, dsn('5.1.1'))))).toEqual([550, 550, 550, 550, 550]);
  });

  it('takes nothing that is too long', async () => {
    const long =
      dsn('5.1.1') +
      'x'
        .repeat(70)
        .concat('\r\n')
        .repeat(REPORT_MOST / 72);
    expect([await deliver(returnPath, long), await stage.state('ada')]).toEqual([552, 'confirmed']);
  });

  it('takes what is no report, and does nothing', async () => {
    const words = 'Subject: Out of office\r\n\r\nStatus: 5.1.1\r\nAction: failed\r\n';
    expect([await deliver(returnPath, words), await stage.state('ada')]).toEqual([250, 'confirmed']);
  });

  it('lives on when a connection breaks in the middle', async () => {
    const socket = connect(mail.inboxPort!, '127.0.0.1');
    socket.write(`EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<${returnPath}>\r\nDATA\r\nSubject: `);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    expect([await deliver(returnPath, dsn('5.1.1')), await stage.state('ada')]).toEqual([250, 'stopped bounced']);
  });
});
