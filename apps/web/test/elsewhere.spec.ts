/** Lists of other networks in a browser: it takes them from servers of another origin, and keeps their tokens to itself. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { USUAL_LETTERS } from '@groundswell/protocol';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './browser.js';
import { buildPage } from './build-page.js';
import { startDouble, worldOf, type DoubleProcess } from './double-process.js';
import { ServerDouble } from './server-double.js';

jest.setTimeout(60_000);

const PATIENCE_MS = 15_000;
const COUNT = 230;

describe('other networks in a browser', () => {
  let dist: string;
  let browser: Browser;
  let double: DoubleProcess;
  let server: ServerDouble;
  let origin: string;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    dist = await mkdtemp(join(tmpdir(), 'groundswell-web-'));
    await buildPage(dist);
    double = await startDouble();
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await double?.stop();
    await rm(dist, { recursive: true, force: true });
  });

  beforeEach(async () => {
    server = new ServerDouble(dist);
    server.elsewhere.networks = (['graph', 'bluesky', 'mastodon'] as const).map((provider) => ({
      provider,
      url: `${double.url}/${provider}`,
    }));
    server.written.set('/v1/mail', { address: null, letters: USUAL_LETTERS });
    server.written.set('/v1/notices', { notices: [] });
    server.written.set('/v1/relationship', {
      value: null,
      visibility: 'friends',
      quiet: false,
      settle: 'usual',
      since: null,
    });
    server.written.set('/v1/relationship/consent', { mode: 'ask' });
    server.written.set('/v1/relationship/watchers', { watchers: [] });
    origin = await server.start();
    page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
  });

  afterEach(async () => {
    await page.close();
    await server.stop();
    if (faults.length > 0) throw new Error(`The page threw: ${faults.join('; ')}`);
  });

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const open = () => page.goto(`${origin}/?signin=once&settings=accounts`);

  it('takes a public list over many pages, and sends the chosen ids', async () => {
    await double.control('PUT world', worldOf('numbers', COUNT));
    await open();
    await page.getByLabel('Network', { exact: true }).selectOption('Mastodon');
    await page.getByLabel('Token', { exact: true }).fill('token-ada');
    await press('Connect');
    await page.getByText('You are Ada (@ada) on Mastodon.').waitFor();
    await page.getByText('and 130 more: search').waitFor();
    await page.getByLabel(`Search ${COUNT} people`).fill('person 229');
    await page.getByRole('checkbox', { name: 'Person 229' }).focus();
    await page.keyboard.press('Space');
    await press('Watch 1 account');
    await page.getByText('Person 229 on Mastodon').waitFor();
    expect(server.elsewhere.watches).toEqual([{ provider: 'mastodon', subject: '230', delay: 'none' }]);
    expect(server.elsewhere.connected.get('mastodon')).toEqual({ account: '1', token: 'token-ada' });
  });

  it('takes a list that needs the token, which is kept nowhere', async () => {
    await double.control('PUT world', worldOf('numbers', COUNT));
    await open();
    await page.getByLabel('Network', { exact: true }).selectOption('Graph');
    await page.getByLabel('Token', { exact: true }).fill('token-ada');
    await press('Connect');
    await page.getByRole('checkbox', { name: 'Person 2' }).waitFor();
    const boxes = page.getByRole('group', { name: 'People on Graph' }).getByRole('checkbox');
    expect(await boxes.count()).toBe(2);
    await page.reload();
    await press('Choose whom to watch on Graph');
    await page.getByLabel('Token for your list on Graph').fill('token-ada');
    await press('Read my list');
    await page.getByRole('checkbox', { name: 'Person 2' }).waitFor();
    const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
    expect(kept).not.toContain('token-ada');
  });

  it('finds a handle and takes a list without a token', async () => {
    await double.control('PUT world', worldOf('dids', COUNT));
    await open();
    await page.getByLabel('Network', { exact: true }).selectOption('Bluesky');
    await page.getByLabel('Your handle').fill('@ada.example');
    await press('Connect');
    await page.getByText('and 130 more: search').waitFor();
    expect(server.elsewhere.connected.get('bluesky')).toEqual({ account: 'did:web:n1.example' });
  });

  it.each([
    ['accounts', 'Other networks', 1_000],
    ['mail', 'Letters', 1_000],
    ['accounts', 'Other networks', 360],
    ['mail', 'Letters', 360],
  ])('leads from a letter about %s to %s, %d px wide', async (part, title, width) => {
    await page.setViewportSize({ width, height: 500 });
    await page.goto(`${origin}/?signin=once&settings=${part}`);
    const heading = page.getByRole('heading', { name: title, exact: true });
    await page.getByText('You were told nothing yet.').waitFor();
    await page.getByRole('button', { name: 'Connect' }).waitFor();
    await heading.and(page.locator(':focus')).waitFor();
    const { top, bottom } = await heading.evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect);
    // Below the header that stays.
    expect([top >= 65, bottom <= 500]).toEqual([true, true]);
  });
});
