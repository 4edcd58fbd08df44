/** Lists of other networks in a browser: it takes them from servers of another origin, and keeps their tokens to itself. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { USUAL_LETTERS } from '@groundswell/protocol';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from './browser.js';
import { buildPage } from './build-page.js';
import { startDouble, worldOf, type DoubleProcess } from './double-process.js';
import { BO, ServerDouble } from './server-double.js';

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

  /** Whether the focus is on it, and all of it on the screen below the header that stays. */
  const isLedTo = async (goal: Locator) => {
    await page.getByRole('button', { name: 'Connect' }).waitFor();
    await goal.and(page.locator(':focus')).waitFor();
    const { top, bottom } = await goal.evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect);
    return [top >= 65, bottom <= 500];
  };

  describe.each([['on air'], ['over']])('while an event is %s', (when) => {
    beforeEach(() => {
      if (when === 'over') server.events = [];
    });

    it.each([
      ['accounts', 'Other networks', 1_000],
      ['mail', 'Letters', 1_000],
      ['accounts', 'Other networks', 360],
      ['mail', 'Letters', 360],
    ])('leads from a letter about %s to %s, %d px wide', async (part, title, width) => {
      await page.setViewportSize({ width, height: 500 });
      await page.goto(`${origin}/?signin=once&settings=${part}`);
      await page.getByText('You were told nothing yet.').waitFor();
      expect(await isLedTo(page.getByRole('heading', { name: title, exact: true }))).toEqual([true, true]);
    });

    it.each([1_000, 360])('leads from a letter to what it tells, %d px wide', async (width) => {
      const told = {
        provider: 'own',
        subject: BO,
        from: 'single',
        to: 'engaged',
        seenAt: 1,
        confirmedAt: 2,
        mailedAt: 3,
      };
      server.written.set('/v1/notices', { notices: ['n1', 'n2'].map((id) => ({ id, ...told })) });
      await page.setViewportSize({ width, height: 500 });
      await page.goto(`${origin}/?signin=once&notice=n2`);
      const summary = page.getByText('Bo Brandt: Single → Engaged').nth(1);
      expect(await isLedTo(summary)).toEqual([true, true]);
      await page.getByText('You watch Bo Brandt, who lets you.').nth(1).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });

    it('tells a guest to sign in for what a letter tells', async () => {
      await page.goto(`${origin}/?notice=n2`);
      await page.getByText('To see what your letter leads to').waitFor();
      expect(await page.getByRole('complementary', { name: 'People' }).count()).toBe(0);
    });
  });

  it('opens and closes the panels in a narrow lobby', async () => {
    server.events = [];
    await page.setViewportSize({ width: 360, height: 500 });
    await page.goto(`${origin}/?signin=once`);
    await page.getByText('Nothing is on air right now.').waitFor();
    const people = page.getByRole('complementary', { name: 'People' });
    await people.waitFor({ state: 'hidden' });
    await press('People');
    await people.waitFor();
    await press('People');
    await people.waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
