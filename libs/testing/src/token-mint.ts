import { TOKEN_AUDIENCE, TOKEN_ISSUER, type Role } from '@groundswell/contracts';
import { exportSPKI, generateKeyPair, SignJWT } from 'jose';

/** Tokens as an identity provider would issue them, under a key of its own. */
export interface TokenMint {
  /** PEM (SPKI): what the apps verify with. */
  publicKey: string;
  /** `ttlS` in seconds, default an hour; negative for a token that has expired. */
  mint(member: string, options?: { roles?: Role[]; name?: string; ttlS?: number }): Promise<string>;
}

export async function tokenMint(): Promise<TokenMint> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  return {
    publicKey: await exportSPKI(publicKey),
    mint: (member, { roles = ['member'], name = member, ttlS = 3600 } = {}) =>
      new SignJWT({ name, roles })
        .setProtectedHeader({ alg: 'ES256' })
        .setSubject(member)
        .setIssuer(TOKEN_ISSUER)
        .setAudience(TOKEN_AUDIENCE)
        .setExpirationTime(Math.floor(Date.now() / 1000) + ttlS)
        .sign(privateKey),
  };
}
