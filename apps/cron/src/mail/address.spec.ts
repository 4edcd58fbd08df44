import { isOneAddress } from './address.js';

describe('isOneAddress', () => {
  it.each([
    'ada@example.org',
    'ada.b+news@mail.example.org',
    "o'hara@example.co.uk",
    'jürgen@müller.example',
    `${'a'.repeat(64)}@example.org`,
  ])('takes %s', (address) => {
    expect(isOneAddress(address)).toBe(true);
  });

  it.each([
    '',
    'ada',
    '@example.org',
    'ada@',
    'ada@localhost',
    'ada@example.org\r\nBcc: eve@example.org',
    'ada@example.org\n',
    'ada@example.org, eve@example.org',
    'ada@example.org;eve@example.org',
    'ada@example.org eve@example.org',
    'ada@eve@example.org',
    'Ada <ada@example.org>',
    '<ada@example.org>',
    '"ada"@example.org',
    '"a\r\nRCPT TO:<eve@example.org>"@example.org',
    'ada(comment)@example.org',
    'a\\da@example.org',
    'ada\u0000@example.org',
    'ada\u202e@example.org',
    'ada\u2028@example.org',
    'friends: ada@example.org',
    'ada@[127.0.0.1]',
    'ada@example..org',
    'ada@.example.org',
    'ada@example.org.',
    'ada@example.-',
    `${'a'.repeat(65)}@example.org`,
    `ada@${'a'.repeat(248)}.org`,
  ])('refuses %j', (address) => {
    expect(isOneAddress(address)).toBe(false);
  });
});
