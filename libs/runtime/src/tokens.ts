import { TOKEN_AUDIENCE, TOKEN_ISSUER, TokenClaims } from '@groundswell/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { importSPKI, jwtVerify, type CryptoKey } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from './clock.js';

/** The token is forged, expired, meant for somebody else, or not a token. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly code = 'unauthorized';
}

export interface TokenVerifierOptions {
  /** ES256 public key, PEM (SPKI). */
  publicKey: string;
  clock: Clock;
  /** Verified tokens remembered, so that a member's next request costs no signature check. */
  remembered?: number;
}

/** Verifies tokens against the public key. Only the process that issues tokens holds the private one. */
export class TokenVerifier {
  private readonly key: Promise<CryptoKey>;
  private readonly clock: Clock;
  private readonly verified: LRUCache<string, TokenClaims>;

  constructor({ publicKey, clock, remembered = 50_000 }: TokenVerifierOptions) {
    this.key = importSPKI(publicKey, 'ES256');
    // The rejection is reported by the first `verify`; without this the process would end before.
    this.key.catch(() => undefined);
    this.clock = clock;
    this.verified = new LRUCache({ max: remembered });
  }

  /** The claims of a token that is known to be good; undefined when it has to be verified. */
  recall(token: string): TokenClaims | undefined {
    const claims = this.verified.get(token);
    return claims && claims.exp * 1000 > this.clock.now() ? claims : undefined;
  }

  /** Rejects with `TokenRefused`. */
  async verify(token: string): Promise<TokenClaims> {
    const known = this.recall(token);
    if (known) return known;
    const claims = await this.check(token);
    this.verified.set(token, claims);
    return claims;
  }

  private async check(token: string): Promise<TokenClaims> {
    const key = await this.key;
    const payload = await jwtVerify(token, key, {
      algorithms: ['ES256'],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      currentDate: new Date(this.clock.now()),
      requiredClaims: ['sub', 'exp'],
    }).catch((cause: unknown) => {
      throw new TokenRefused('the token is forged, expired or not a token', { cause });
    });
    const claims = plainToInstance(TokenClaims, payload.payload);
    if (validateSync(claims).length > 0) throw new TokenRefused('the token lacks a claim or has one of another form');
    return claims;
  }
}
