import { LinkRefused, MailLinks, type LinkPurpose } from './mail-links.js';

const ADA = { member: 'ada', address: 'ada@example.org' };
const DAY_MS = 24 * 3_600_000;

function setUp(secret = 'a secret that nobody but us can know') {
  const time = { now: 1_700_000_000_000 };
  return { time, links: new MailLinks({ secret, clock: { now: () => time.now, monotonic: () => time.now } }) };
}

const refusal = async (links: MailLinks, purpose: LinkPurpose, token: string) =>
  links.read(purpose, token).then(
    () => 'none',
    (error: LinkRefused) => error.code,
  );

describe('MailLinks', () => {
  it('knows whose link it is and which address it was sent to, and shows no address', async () => {
    const { links } = setUp();
    const token = await links.sign('unsubscribe', ADA);
    const read = await links.read('unsubscribe', token);
    expect([read.member, read.isFor(ADA.address), read.isFor('ben@example.org')]).toEqual(['ada', true, false]);
    expect(Buffer.from(token.split('.')[1]!, 'base64url').toString()).not.toContain('example.org');
  });

  it('refuses a link with any one character changed, or left out', async () => {
    const { links } = setUp();
    const token = await links.sign('unsubscribe', ADA);
    const others = (letter: string): string[] => ['A', 'B', 'Q', 'x', '-', '.'].filter((other) => other !== letter);
    const changed = [...token].flatMap((letter, i) =>
      [...others(letter), ''].map((other) => token.slice(0, i) + other + token.slice(i + 1)),
    );
    const codes = await Promise.all(changed.map((one) => refusal(links, 'unsubscribe', one)));
    expect(new Set(codes)).toEqual(new Set(['link_broken']));
  });

  it.each(['', 'token', 'a.b.c', '{}'])('refuses %j', async (token) => {
    expect(await refusal(setUp().links, 'confirm', token)).toBe('link_broken');
  });

  it('refuses a link for something else, and one signed with another secret', async () => {
    const { links } = setUp();
    expect(await refusal(links, 'confirm', await links.sign('unsubscribe', ADA))).toBe('link_broken');
    const other = setUp('another secret, that is as long as it has to be').links;
    expect(await refusal(links, 'confirm', await other.sign('confirm', ADA))).toBe('link_broken');
  });

  it('confirms for a day, and unsubscribes for ever', async () => {
    const { links, time } = setUp();
    const confirm = await links.sign('confirm', ADA);
    const unsubscribe = await links.sign('unsubscribe', ADA);
    time.now += DAY_MS - 1_000;
    expect((await links.read('confirm', confirm)).member).toBe('ada');
    time.now += 2_000;
    expect(await refusal(links, 'confirm', confirm)).toBe('link_expired');
    time.now += 3_650 * DAY_MS;
    expect((await links.read('unsubscribe', unsubscribe)).member).toBe('ada');
  });
});
