import type { Notice } from '@groundswell/contracts';
import { VALUES } from '@groundswell/relations';
import { renderLetter, renderQuestion, type LetterInput } from './letter.js';
import { plainName } from './plain.js';

const notice = (more: Partial<Notice> = {}): Notice => ({
  id: 'n1',
  provider: 'own',
  subject: 'ben',
  from: 'single',
  to: 'engaged',
  seenAt: Date.UTC(2030, 2, 12),
  confirmedAt: Date.UTC(2030, 2, 12),
  baselineAt: 1,
  told: 0,
  ...more,
});

const render = (notices: readonly Notice[], names: readonly (readonly [string, string])[] = [['ben', 'Ben Ro']]) =>
  renderLetter({
    notices,
    names: new Map(names),
    timeZone: 'UTC',
    links: LINKS,
  });

const LINKS: LetterInput['links'] = {
  notice: (id) => `https://page.example/?notice=${id}`,
  settings: 'https://page.example/?settings=mail',
  unsubscribe: 'https://api.example/v1/mail/unsubscribe?token=t&x="y"',
};

describe('a letter', () => {
  it('says what has changed, when it was seen and why it is told, in text and in HTML', () => {
    const { text, html } = render([notice(), notice({ id: 'n2', subject: 'cleo', from: 'married', to: 'none' })]);
    expect(text).toBe(
      [
        'What has changed',
        '',
        '- Ben Ro is now engaged. Before: single. Seen on 12 March 2030.',
        '  Why did I get this? https://page.example/?notice=n1',
        '',
        '- cleo no longer shows a relationship status. Seen on 12 March 2030.',
        '  Why did I get this? https://page.example/?notice=n2',
        '',
        'You get this letter because you watch these friends on Groundswell, and have confirmed this address.',
        '',
        'Change when you are written to: https://page.example/?settings=mail',
        'Unsubscribe: https://api.example/v1/mail/unsubscribe?token=t&x="y"',
        '',
      ].join('\n'),
    );
    expect(html).toContain('<bdi>Ben Ro is now engaged. Before: single.</bdi>');
    expect(html).toContain('href="https://api.example/v1/mail/unsubscribe?token=t&amp;x=&quot;y&quot;"');
  });

  it('has a subject without a name or a status, whatever it tells', () => {
    const subjects = VALUES.map((to) => render([notice({ to })]).subject);
    expect(new Set(subjects)).toEqual(new Set(['Your news from Groundswell']));
  });

  it('has a sentence for every value, and guesses no cause', () => {
    const told = VALUES.map((to) => render([notice({ to, from: 'none' })]).text.split('\n')[2]);
    expect(new Set(told).size).toBe(VALUES.length);
    expect(told.filter((line) => /undefined|another relationship|because|blocked|deleted|left/.test(line!))).toEqual(
      [],
    );
  });

  it.each([
    ['bluesky', 'follows', 'follows_not', 'did:plc:x no longer follows you on Bluesky.'],
    ['mastodon', 'follows_not', 'follows', 'did:plc:x follows you on Mastodon.'],
    ['graph', 'single', 'married', 'did:plc:x is now married on another network. Before: single.'],
    ['graph', 'single', 'a_new_word', 'did:plc:x has another relationship status on another network.'],
  ])('of %s says only what was seen', (provider, from, to, says) => {
    expect(render([notice({ provider, from, to, subject: 'did:plc:x' })]).text).toContain(`- ${says} Seen`);
  });

  it('takes no name of a member for somebody in another network who has their id', () => {
    const { text } = render([notice({ provider: 'mastodon', from: 'follows', to: 'follows_not' })]);
    expect(text).toContain('- ben no longer follows you on Mastodon.');
  });

  it('lets a name be no more than a name', () => {
    const name = '<img src="https://evil.example/x">\r\nBcc: all@example.org\u202egnp & <script>alert(1)</script>';
    const { text, html } = render([notice()], [['ben', name]]);
    expect(html).not.toMatch(/<img|<script|\u202e/);
    expect(html).toContain('&lt;img src=&quot;https://evil.example/x&quot;&gt; Bcc: all@example.org gnp &amp; &lt;');
    expect(text).toContain('- <img src="https://evil.example/x"> Bcc: all@example.org');
    expect(text).not.toMatch(/\r|\u202e/);
  });

  it('loads nothing and tells nobody that it was read', () => {
    const { html } = render([notice()]);
    expect(html).not.toMatch(/<(?:img|link|script|iframe|object|video|audio|form|input)|url\(|@import|\son\w+=|src=/i);
    const links = [...html.matchAll(/https?:\/\/([^/]+)/g)].map(([, host]) => host);
    expect(new Set(links)).toEqual(new Set(['page.example', 'api.example']));
  });

  it('says its language and its colours in light and dark, and has one heading', () => {
    const { html } = render([notice()]);
    expect(html).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain('@media (prefers-color-scheme: dark)');
    expect(html.match(/<h1>/g)).toHaveLength(1);
  });

  it('is written in colours that can be told apart by everybody', () => {
    const { html } = render([notice()]);
    const [light, dark] = html.split('@media (prefers-color-scheme: dark)') as [string, string];
    const ratios = [light, dark].flatMap((style) => {
      const background = /body \{[^}]*background: (#\w{6})/.exec(style)![1]!;
      return [...style.matchAll(/[ {]color: (#\w{6})/g)].map(([, color]) => contrast(color!, background));
    });
    expect(ratios).toHaveLength(6);
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(7);
  });
});

describe('a question', () => {
  it('names nobody and has the link in text and HTML', () => {
    const { subject, text, html } = renderQuestion('https://api.example/v1/mail/confirm?token=t');
    expect(subject).toBe('Is this your address? – Groundswell');
    expect(text).toContain('\nhttps://api.example/v1/mail/confirm?token=t\n');
    expect(html).toContain(
      '<a href="https://api.example/v1/mail/confirm?token=t" class="button">Confirm this address</a>',
    );
  });
});

describe('plainName', () => {
  it.each([
    ['  Ada\u0000 \t Lovelace ', 'Ada Lovelace'],
    ['Ada\u2028\u2029Lovelace', 'Ada Lovelace'],
    ['\u202e\u2066', ''],
    ['ü😀', 'ü😀'],
    ['😀'.repeat(81), `${'😀'.repeat(79)}…`],
  ])('of %j is %j', (name, plain) => {
    expect(plainName(name)).toBe(plain);
  });
});

/** Contrast of two colours by WCAG 2. */
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const [r, g, b] = parts.map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
