import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '@groundswell/contracts';
import { useTempDir } from '@groundswell/testing';
import { importSPKI, jwtVerify } from 'jose';
import { generateKeyPairSync } from 'node:crypto';
import { chmod, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadKey, TokenIssuer } from './token-issuer.js';

const now = 1_800_000_000;

describe('TokenIssuer', () => {
  const dir = useTempDir();
  const keyFile = () => join(dir.path, 'keys', 'token.pem');

  it('mints what the servers verify with the public key', async () => {
    const issuer = new TokenIssuer(await loadKey(keyFile()), () => now);
    const token = await issuer.mint({ id: 'ada', name: 'Ada', roles: ['load', 'member'], ttlS: 60 });
    const { payload, protectedHeader } = await jwtVerify(token, await importSPKI(issuer.publicKey, 'ES256'), {
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      currentDate: new Date(now * 1000),
    });
    expect(payload).toMatchObject({ sub: 'ada', name: 'Ada', roles: ['member', 'load'], exp: now + 60 });
    expect(protectedHeader.alg).toBe('ES256');
  });

  it('keeps one key, for its owner only', async () => {
    const first = new TokenIssuer(await loadKey(keyFile()));
    await chmod(keyFile(), 0o644);
    const second = new TokenIssuer(await loadKey(keyFile()));
    expect(second.publicKey).toBe(first.publicKey);
    expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['no key', 'nonsense'],
    [
      'a key of another curve',
      generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    ],
  ])('says what to do about a file with %s', async (_, content) => {
    const file = join(dir.path, 'broken.pem');
    await writeFile(file, content);
    await expect(loadKey(file)).rejects.toThrow('does not hold a P-256 private key: delete it');
  });
});
