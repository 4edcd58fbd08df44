import { ConfigInvalid } from '@groundswell/runtime';
import { generateKeyPairSync } from 'node:crypto';
import { mailConfig } from './mail-config.js';

const ENV = {
  SMTP_URL: 'smtps://user:secret@mail.example.org',
  MAIL_FROM: 'Groundswell <hello@example.org>',
  MAIL_LINK_SECRET: 'x'.repeat(32),
  PAGE_URL: 'https://page.example.org/',
  PUBLIC_URL: 'https://api.example.org',
};

function faultsOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    mailConfig({ ...ENV, ...env });
    return [];
  } catch (error) {
    return (error as ConfigInvalid).faults;
  }
}

describe('mailConfig', () => {
  it('is undefined where no mail is sent', () => {
    expect(mailConfig({})).toBeUndefined();
  });

  it('reads what is given', () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const more = { MAIL_RETURN_PATH: 'bounces@b.example.org', MAIL_INBOX_PORT: '2525', DKIM_SELECTOR: 'a' };
    expect(mailConfig({ ...ENV, ...more, DKIM_PRIVATE_KEY: privateKey })).toEqual({
      smtp: { url: ENV.SMTP_URL, requireTls: true, connections: 5 },
      from: { name: 'Groundswell', address: 'hello@example.org' },
      returnPath: 'bounces@b.example.org',
      dkim: { domain: 'example.org', selector: 'a', privateKey },
      linkSecret: ENV.MAIL_LINK_SECRET,
      pageUrl: 'https://page.example.org',
      publicUrl: 'https://api.example.org',
      inbox: { host: '127.0.0.1', port: 2525, domain: 'b.example.org' },
    });
  });

  it.each([
    ['smtp://127.0.0.1:1025', undefined, false],
    ['smtp://relay.internal:25', undefined, true],
    ['smtp://relay.internal:25', '0', true],
    ['smtp://relay.internal:25', '1', false],
    ['smtp://127.0.0.1.example.org:25', undefined, true],
  ])('over %s, plain %s, wants encryption: %s', (url, plain, expected) => {
    expect(mailConfig({ ...ENV, SMTP_URL: url, SMTP_PLAIN: plain })?.smtp.requireTls).toBe(expected);
  });

  it.each<[Record<string, string | undefined>, RegExp]>([
    [{ MAIL_FROM: undefined }, /MAIL_FROM is needed/],
    [{ MAIL_FROM: 'a@example.org, b@example.org' }, /MAIL_FROM must be/],
    [{ MAIL_FROM: 'A <a@example.org>\r\nBcc: <b@example.org>' }, /MAIL_FROM must be/],
    [{ MAIL_LINK_SECRET: 'short' }, /MAIL_LINK_SECRET must have 32/],
    [{ PAGE_URL: 'https://page.example.org/?x' }, /PAGE_URL must be/],
    [{ PUBLIC_URL: undefined }, /PUBLIC_URL is needed/],
    [{ SMTP_URL: 'smtp://mail.example.org?maxRequeues=5' }, /SMTP_URL must be/],
    [{ SMTP_URL: 'https://mail.example.org' }, /SMTP_URL must be/],
    [{ MAIL_INBOX_PORT: '2525' }, /MAIL_RETURN_PATH is needed/],
    [{ MAIL_RETURN_PATH: 'nobody' }, /MAIL_RETURN_PATH must be/],
    [{ DKIM_SELECTOR: 'a' }, /go together/],
    [{ DKIM_SELECTOR: 'a', DKIM_PRIVATE_KEY: 'x' }, /must be a private key/],
  ])('refuses %j', (env, fault) => {
    expect(faultsOf(env).join('\n')).toMatch(fault);
  });

  it('lists all faults together', () => {
    expect(faultsOf({ MAIL_FROM: 'x', PUBLIC_URL: undefined, DKIM_SELECTOR: 'a' })).toHaveLength(3);
  });
});
