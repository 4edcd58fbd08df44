import { ROLES, TOKEN_AUDIENCE, TOKEN_ISSUER, type Role } from '@groundswell/contracts';
import { SignJWT } from 'jose';
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault } from '../fault.js';

export interface Grant {
  /** Member id. */
  id: string;
  /** Display name. */
  name: string;
  /** Default `['member']`. */
  roles?: readonly Role[];
  /** Life of the token, seconds; default a day. */
  ttlS?: number;
}

const DAY_S = 86_400;

/** Signs tokens (JWT, ES256). The only holder of the private key. */
export class TokenIssuer {
  constructor(
    private readonly key: KeyObject,
    private readonly nowS: () => number = () => Math.floor(Date.now() / 1000),
  ) {}

  /** What servers verify tokens with, PEM (SPKI). */
  get publicKey(): string {
    return createPublicKey(this.key).export({ type: 'spki', format: 'pem' });
  }

  mint({ id, name, roles = ['member'], ttlS = DAY_S }: Grant): Promise<string> {
    return new SignJWT({ name, roles: ROLES.filter((role) => roles.includes(role)) })
      .setProtectedHeader({ alg: 'ES256' })
      .setSubject(id)
      .setIssuer(TOKEN_ISSUER)
      .setAudience(TOKEN_AUDIENCE)
      .setExpirationTime(this.nowS() + ttlS)
      .sign(this.key);
  }
}

/** The key kept in `file`, readable by its owner only; made there the first time. Throws `Fault` for one that is broken. */
export async function loadKey(file: string): Promise<KeyObject> {
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Fault(`The key ${file} cannot be read (${error.code}): make it yours.`, { cause: error });
  });
  if (kept !== undefined) {
    await chmod(file, 0o600);
    return parseKey(kept, file);
  }
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return privateKey;
}

function parseKey(pem: string, file: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  } catch {
    // It is reported below like any other key that cannot be used.
  }
  throw new Fault(`${file} does not hold a P-256 private key: delete it, and everybody signs in anew.`);
}
