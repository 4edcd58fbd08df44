import { generateKeyPair, exportSPKI, SignJWT, type CryptoKey } from 'jose';
import { TokenRefused, TokenVerifier } from './tokens.js';

const NOW = 1_800_000_000_000;

async function setUp() {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const time = { now: NOW };
  const clock = { now: () => time.now, monotonic: () => time.now };
  const verifier = new TokenVerifier({ publicKey: await exportSPKI(publicKey), clock });
  return { privateKey, time, verifier };
}

function sign(key: CryptoKey, claims: Record<string, unknown> = {}): Promise<string> {
  const payload = { sub: 'ada', name: 'Ada', roles: ['member'], ...claims };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer('groundswell')
    .setAudience('groundswell')
    .setExpirationTime(NOW / 1000 + 60)
    .sign(key);
}

describe('TokenVerifier', () => {
  it('gives the claims of a good token, and remembers them', async () => {
    const { privateKey, verifier } = await setUp();
    const token = await sign(privateKey);
    expect(verifier.recall(token)).toBeUndefined();
    const claims = await verifier.verify(token);
    expect(claims).toMatchObject({ sub: 'ada', name: 'Ada', roles: ['member'] });
    expect(verifier.recall(token)).toBe(claims);
  });

  it('refuses a token once it has expired, remembered or not', async () => {
    const { privateKey, time, verifier } = await setUp();
    const token = await sign(privateKey);
    await verifier.verify(token);
    time.now += 61_000;
    expect(verifier.recall(token)).toBeUndefined();
    await expect(verifier.verify(token)).rejects.toThrow(TokenRefused);
  });

  it.each([
    ['another key', async () => sign((await generateKeyPair('ES256')).privateKey)],
    ['no signature', async () => `${btoa('{"alg":"none"}')}.${btoa('{"sub":"ada"}')}.`],
    ['nothing', async () => ''],
  ])('refuses a token with %s', async (_, forge) => {
    const { verifier } = await setUp();
    await expect(verifier.verify(await forge())).rejects.toThrow(TokenRefused);
  });

  it('refuses claims of another form', async () => {
    const { privateKey, verifier } = await setUp();
    await expect(verifier.verify(await sign(privateKey, { roles: ['root'] }))).rejects.toThrow(TokenRefused);
    await expect(verifier.verify(await sign(privateKey, { sub: 'a b' }))).rejects.toThrow(TokenRefused);
  });
});
