import { TOKEN_AUDIENCE, TOKEN_ISSUER, type Role } from '@groundswell/contracts';
import { importPKCS8, SignJWT } from 'jose';
import { generateKeyPairSync } from 'node:crypto';

/** Keys of one run, and tokens signed with them. */
export class Tokens {
  readonly publicKey: string;
  private readonly privateKey: string;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    this.publicKey = publicKey;
    this.privateKey = privateKey;
  }

  async of(members: readonly string[], roles: readonly Role[] = ['member']): Promise<string[]> {
    const key = await importPKCS8(this.privateKey, 'ES256');
    return Promise.all(
      members.map((sub) =>
        new SignJWT({ sub, name: sub, roles })
          .setProtectedHeader({ alg: 'ES256' })
          .setIssuer(TOKEN_ISSUER)
          .setAudience(TOKEN_AUDIENCE)
          .setExpirationTime('2h')
          .sign(key),
      ),
    );
  }
}
