import { ConfigInvalid, IsBaseUrl, readConfig } from '@groundswell/runtime';
import { createPrivateKey } from 'node:crypto';
import { IsBoolean, IsInt, IsOptional, IsString, Matches, Max, Min, MinLength } from 'class-validator';
import { domainOf, isOneAddress } from './address.js';
import type { Dkim } from './mailer.js';

const LOOPBACK = /^smtps?:\/\/(?:[^@/]*@)?(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\/?$/;

class MailVariables {
  /** Absent: no letters go out from here. */
  @IsOptional()
  @Matches(/^smtps?:\/\/[^\s?#]+$/, {
    message: 'smtpUrl must be smtp(s)://[user:password@]host[:port], without a query',
  })
  smtpUrl?: string = undefined;

  /** Letters may go over a connection that is not encrypted; on one machine they may in any case. */
  @IsBoolean()
  smtpPlain: boolean = false;

  @IsOptional()
  @IsString()
  from?: string = undefined;

  @IsOptional()
  @IsString()
  returnPath?: string = undefined;

  @IsOptional()
  @MinLength(32, { message: 'linkSecret must have 32 characters at least, the same as that of ingest' })
  linkSecret?: string = undefined;

  /** Where members see the page. */
  @IsOptional()
  @IsBaseUrl()
  pageUrl?: string = undefined;

  /** Where the API answers from outside. */
  @IsOptional()
  @IsBaseUrl()
  publicUrl?: string = undefined;

  @IsInt()
  @Min(1)
  @Max(50)
  connections: number = 5;

  @IsOptional()
  @Matches(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i, { message: 'dkimSelector must be a name as in DNS' })
  dkimSelector?: string = undefined;

  /** PEM. */
  @IsOptional()
  @IsString()
  dkimKey?: string = undefined;

  /** Of the inbox for bounces; absent: there is none. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(65_535)
  inboxPort?: number = undefined;

  @IsString()
  inboxHost: string = '127.0.0.1';
}

const VARIABLES: { readonly [K in keyof MailVariables]: string } = {
  smtpUrl: 'SMTP_URL',
  smtpPlain: 'SMTP_PLAIN',
  from: 'MAIL_FROM',
  returnPath: 'MAIL_RETURN_PATH',
  linkSecret: 'MAIL_LINK_SECRET',
  pageUrl: 'PAGE_URL',
  publicUrl: 'PUBLIC_URL',
  connections: 'SMTP_CONNECTIONS',
  dkimSelector: 'DKIM_SELECTOR',
  dkimKey: 'DKIM_PRIVATE_KEY',
  inboxPort: 'MAIL_INBOX_PORT',
  inboxHost: 'MAIL_INBOX_HOST',
};

export interface MailConfig {
  smtp: { url: string; requireTls: boolean; connections: number };
  from: { name: string; address: string };
  returnPath: string | undefined;
  dkim: Dkim | undefined;
  linkSecret: string;
  /** Without a slash at the end. */
  pageUrl: string;
  publicUrl: string;
  inbox: { host: string; port: number; domain: string } | undefined;
}

/** Reads the settings of the mail; undefined when no `SMTP_URL` is given. Throws `ConfigInvalid` with every fault. */
export function mailConfig(env: Readonly<Record<string, string | undefined>>): MailConfig | undefined {
  const read = readConfig(MailVariables, VARIABLES, flagged(env));
  if (read.smtpUrl === undefined) return undefined;
  const faults: string[] = [];
  for (const field of ['from', 'linkSecret', 'pageUrl', 'publicUrl'] as const) {
    if (read[field] === undefined) faults.push(`${VARIABLES[field]} is needed where SMTP_URL is given`);
  }
  const from = senderOf(read.from ?? '');
  if (read.from !== undefined && !from) faults.push('MAIL_FROM must be an address, or a name and an address in <>');
  if (read.returnPath !== undefined && !isOneAddress(read.returnPath))
    faults.push('MAIL_RETURN_PATH must be an address');
  if (read.inboxPort !== undefined && read.returnPath === undefined) {
    faults.push('MAIL_RETURN_PATH is needed where MAIL_INBOX_PORT is given: it says where bounces come in');
  }
  if ((read.dkimSelector === undefined) !== (read.dkimKey === undefined)) {
    faults.push('DKIM_SELECTOR and DKIM_PRIVATE_KEY go together');
  } else if (read.dkimKey !== undefined && !isPrivateKey(read.dkimKey)) {
    faults.push('DKIM_PRIVATE_KEY must be a private key in PEM');
  }
  if (faults.length > 0) throw new ConfigInvalid(faults);
  const { dkimSelector: selector, dkimKey: privateKey, inboxPort: port, inboxHost: host, returnPath } = read;
  return {
    smtp: {
      url: read.smtpUrl,
      requireTls: !read.smtpPlain && !LOOPBACK.test(read.smtpUrl),
      connections: read.connections,
    },
    from: from!,
    returnPath,
    dkim: selector && privateKey ? { domain: domainOf(from!.address), selector, privateKey } : undefined,
    linkSecret: read.linkSecret!,
    pageUrl: read.pageUrl!.replace(/\/$/, ''),
    publicUrl: read.publicUrl!.replace(/\/$/, ''),
    inbox: port === undefined ? undefined : { host, port, domain: domainOf(returnPath!) },
  };
}

/** Every text but an empty one would be true otherwise. */
function flagged(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  const plain = env['SMTP_PLAIN'];
  return { ...env, SMTP_PLAIN: plain === '1' || plain === 'true' ? 'true' : undefined };
}

function senderOf(text: string): MailConfig['from'] | undefined {
  const [, name = '', address = text] = /^([^<>"\p{C}]*)<([^<>]*)>$/u.exec(text.trim()) ?? [];
  return isOneAddress(address.trim()) ? { name: name.trim(), address: address.trim() } : undefined;
}

function isPrivateKey(pem: string): boolean {
  try {
    createPrivateKey(pem);
    return true;
  } catch {
    return false;
  }
}
