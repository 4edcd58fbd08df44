import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './browser.js';
import { buildPage } from './build-page.js';
import { BO, CLEO, ServerDouble } from './server-double.js';

jest.setTimeout(60_000);

/** Longest wait for one condition in the page; only a failure takes as long. Milliseconds. */
const PATIENCE_MS = 15_000;

describe('the page in a browser', () => {
  let dist: string;
  let browser: Browser;
  let server: ServerDouble;
  let origin: string;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    dist = await mkdtemp(join(tmpdir(), 'groundswell-web-'));
    await buildPage(dist);
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await rm(dist, { recursive: true, force: true });
  });

  beforeEach(async () => {
    server = new ServerDouble(dist);
    origin = await server.start();
    page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) faults.push(request.url());
    });
  });

  afterEach(async () => {
    await page.close();
    await server.stop();
    if (faults.length > 0) throw new Error(`The page threw, or asked another origin: ${faults.join('; ')}`);
  });

  const feed = (name: string) => page.getByRole('feed', { name });
  const live = () =>
    page
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor();

  async function signIn(): Promise<void> {
    await page.goto(`${origin}/?signin=once`);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await live();
  }

  it('shows Everyone to a guest, with the title of the event and a way to sign in', async () => {
    server.say(BO, 'Before the whistle');
    await page.goto(origin);
    await feed('Everyone').getByText('Before the whistle').waitFor();
    await live();
    server.say(BO, 'What a goal');
    await feed('Everyone').getByText('What a goal').waitFor();
    expect(await page.title()).toBe('The final · Groundswell');
    expect(await page.getByText('You are reading as a guest.').isVisible()).toBe(true);
    expect(await page.getByRole('form', { name: 'New status' }).count()).toBe(0);
    await page.getByRole('tab', { name: 'Friends' }).click();
    expect(await page.getByRole('tabpanel').textContent()).toContain('To see what your friends post');
    expect(server.hellos[0]).toEqual({ t: 'hello', event: 'final', everyone: null });
  });

  it('signs in with a one-time code, which leaves the address, and receives both tabs', async () => {
    await signIn();
    expect(page.url()).toBe(`${origin}/`);
    server.say(BO, 'Seen by both');
    await feed('Everyone').getByText('Seen by both').waitFor();
    await page.getByRole('tab', { name: /Friends.*1/ }).click();
    await feed('Friends').getByText('Seen by both').waitFor();
    expect(await page.getByRole('tab', { name: 'Friends' }).textContent()).toBe('Friends');
    await page.reload();
    await live();
    expect(server.hellos.at(-1)).toMatchObject({ token: expect.any(String), friends: null });
  });

  it('posts: at once on the page, once in the end', async () => {
    await signIn();
    server.silent = true;
    await page.getByRole('textbox', { name: 'Your status' }).fill('Hello from me');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Posted', { exact: true }).waitFor();
    server.silent = false;
    server.dropSockets();
    await page.getByRole('button', { name: 'Delete status' }).waitFor();
    expect(await page.getByText('Hello from me').count()).toBe(1);
    expect(server.posted.size).toBe(1);
  });

  it('keeps what could not be posted and sends it again without a duplicate', async () => {
    await signIn();
    server.refuse = 2;
    await page.getByRole('textbox', { name: 'Your status' }).fill('Third time lucky');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await page.getByRole('button', { name: 'Delete status' }).waitFor();
    expect(await page.getByText('Third time lucky').count()).toBe(1);
    expect([server.refuse, server.posted.size]).toEqual([0, 1]);
  });

  it('comments inline, and takes back what is one’s own', async () => {
    server.say(BO, 'Talk to me');
    await signIn();
    await page.getByRole('button', { name: 'Comment' }).click();
    await page.getByRole('textbox', { name: 'Your comment' }).fill('Gladly');
    await page.keyboard.press('Control+Enter');
    await page.getByText('1 comment', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Delete comment' }).click();
    await page.getByRole('button', { name: 'Yes, delete' }).click();
    await page.getByText('Gladly').waitFor({ state: 'detached' });
    expect(await page.getByText('1 comment', { exact: true }).count()).toBe(0);
  });

  it('W2: comes back after the server dropped the socket, and misses nothing', async () => {
    server.say(BO, 'One');
    await page.goto(origin);
    await live();
    server.silent = true;
    server.say(BO, 'Two');
    server.silent = false;
    server.dropSockets();
    await feed('Everyone').getByText('Two').waitFor();
    server.say(BO, 'Three');
    await feed('Everyone').getByText('Three').waitFor();
    expect(server.hellos.at(-1)?.everyone).toEqual({ epoch: 3, n: 1 });
    expect(await feed('Everyone').getByRole('article').count()).toBe(3);
  });

  it('does not move under a reader further down: new statuses wait behind a button', async () => {
    for (let i = 0; i < 30; i++) server.say(BO, `Status ${i}`);
    await page.goto(origin);
    await live();
    await page.getByText('Status 2', { exact: true }).scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => window.scrollY);
    server.say(BO, 'Late news');
    server.say(BO, 'Later news');
    await page.getByRole('button', { name: '2 new statuses' }).waitFor();
    expect(await page.evaluate(() => window.scrollY)).toBe(before);
    await page.getByRole('button', { name: '2 new statuses' }).click();
    await page.getByText('Later news').waitFor();
    await page.getByRole('button', { name: '2 new statuses' }).waitFor({ state: 'detached' });
    expect(await page.getByText('Late news').count()).toBe(1);
  });

  it('W9: whoever is blocked vanishes from Everyone, and is back when unblocked', async () => {
    server.say(BO, 'Rather not');
    server.say(CLEO, 'Gladly');
    await signIn();
    await feed('Everyone').getByText('Rather not').waitFor();
    await page.getByRole('button', { name: 'More about Bo Brandt' }).click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Yes, block' }).click();
    await feed('Everyone').getByText('Rather not').waitFor({ state: 'detached' });
    server.say(BO, 'Neither this');
    server.say(CLEO, 'Still here');
    await feed('Everyone').getByText('Still here').waitFor();
    expect(await page.getByText('Neither this').count()).toBe(0);
    await page.getByRole('button', { name: 'Unblock bo' }).click();
    await feed('Everyone').getByText('Neither this').waitFor();
    expect(await feed('Everyone').getByText('Rather not').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Unblock bo' }).count()).toBe(0);
  });

  it('mutes by mouse from a comment, and closes the menu when something else is pressed', async () => {
    server.say(BO, 'The comment below', { of: server.say(CLEO, 'A story') });
    await signIn();
    const menu = page.getByRole('button', { name: 'More about Bo Brandt' });
    await menu.click();
    await page.getByText('A story').click();
    expect(await page.getByRole('menu').count()).toBe(0);
    await menu.click();
    await page.getByRole('menuitem', { name: 'Mute Bo Brandt' }).click();
    await page.getByText('The comment below').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Unmute bo' }).waitFor();
    expect(await page.getByText('A story').count()).toBe(1);
  });

  it('fits a narrow screen', async () => {
    const story = server.say(BO, `https://example.org/${'long/'.repeat(60)}`);
    server.say(CLEO, 'Short', { of: story });
    await page.setViewportSize({ width: 360, height: 700 });
    await signIn();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.getByRole('button', { name: 'More about Bo Brandt' }).click();
    await page.getByRole('menuitem', { name: 'Block Bo Brandt' }).click();
    await page.getByRole('button', { name: 'More about Cleo Cruz' }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.getByRole('button', { name: 'People' }).click();
    await page.getByRole('button', { name: 'Accept Cleo Cruz' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
