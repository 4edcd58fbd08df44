/** The page on the real stack: real servers and apps, started as a person would, and two people in two browsers. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './browser.js';

jest.setTimeout(180_000);

const PATIENCE_MS = 20_000;
const root = fileURLToPath(new URL('../../../', import.meta.url));

interface Ready {
  page: string;
  signIn: { id: string; link: string }[];
}

/** Starts an empty stack on free ports; resolves with what it says when it is ready. */
async function startStack(data: string): Promise<{ stack: ChildProcess; ready: Ready }> {
  const args = ['tools/dev/entry.cjs', 'start', '--json', '--empty', '--port', '0', '--data', data];
  const stack = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const ready = await new Promise<Ready>((resolve, reject) => {
    const look = (text: string): void => {
      output += text;
      const line = output
        .split('\n')
        .find((candidate) => candidate.startsWith('{"t":"ready"') && candidate.endsWith('}'));
      if (line) resolve(JSON.parse(line) as Ready);
    };
    stack.stdout.setEncoding('utf8').on('data', look);
    stack.stderr.setEncoding('utf8').on('data', look);
    stack.once('exit', (code) => reject(new Error(`the stack ended with ${code}:\n${output}`)));
  });
  return { stack, ready };
}

describe('the page on the real stack', () => {
  let folder: string;
  let stack: ChildProcess | undefined;
  let ready: Ready;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'groundswell-live-'));
    ({ stack, ready } = await startStack(folder));
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    // None that could not be started: nothing would be heard of it.
    if (stack) {
      const ended = once(stack, 'exit');
      stack.kill('SIGINT');
      await ended;
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Links to sign in work once: whoever has a page keeps it from one test to the next. */
  const pages = new Map<string, Page>();

  async function signIn(member: string): Promise<Page> {
    const known = pages.get(member);
    if (known) return known;
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(ready.signIn.find(({ id }) => id === member)!.link);
    await page
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor();
    pages.set(member, page);
    return page;
  }

  const post = async (page: Page, text: string) => {
    await page.getByRole('textbox', { name: 'Your status' }).fill(text);
    await page.getByRole('button', { name: 'Post', exact: true }).click();
  };
  const feed = (page: Page, name: string) => page.getByRole('feed', { name });
  const befriend = async (page: Page, member: string) => {
    await page.getByLabel(/member id/i).fill(member);
    await page.getByRole('button', { name: 'Ask' }).click();
  };

  it('shows what one person posts to the other, in both tabs, once', async () => {
    const [ada, ben] = [await signIn('ada'), await signIn('ben')];
    await ada.getByText('Nothing has been said yet.').waitFor();
    await befriend(ada, 'ben');
    await befriend(ben, 'ada');
    await ben
      .getByRole('button', { name: /^Unfriend/ })
      .first()
      .waitFor();
    await post(ada, 'from Ada to everybody');
    await feed(ben, 'Everyone').getByText('from Ada to everybody').waitFor();
    // The friendship comes into force with a tick: the first post after it is in Friends.
    await ben.getByRole('tab', { name: /Friends/ }).click();
    await post(ada, 'from Ada to friends');
    await feed(ben, 'Friends').getByText('from Ada to friends').waitFor();
    await post(ben, 'and back');
    await feed(ada, 'Everyone').getByText('and back').waitFor();
    expect(await feed(ada, 'Everyone').getByText('from Ada to everybody').count()).toBe(1);
    expect(await feed(ada, 'Everyone').getByText('and back').count()).toBe(1);
  });

  it('W9: hides both from each other after a block, until it is taken back', async () => {
    const [ben, cleo] = [await signIn('ben'), await signIn('cleo')];
    await ben.getByRole('tab', { name: 'Everyone' }).click();
    const words = { ben: 'Ben was here', cleo: 'Cleo was here' };
    await post(ben, words.ben);
    await post(cleo, words.cleo);
    await feed(ben, 'Everyone').getByText(words.cleo).waitFor();
    await feed(cleo, 'Everyone').getByText(words.ben).waitFor();
    await feed(ben, 'Everyone')
      .getByRole('article')
      .filter({ hasText: words.cleo })
      .getByRole('button', { name: /^More about/ })
      .click();
    await ben.getByRole('menuitem', { name: /^Block/ }).click();
    await ben.getByRole('button', { name: 'Yes, block' }).click();
    await feed(ben, 'Everyone').getByText(words.cleo).waitFor({ state: 'detached' });
    await feed(cleo, 'Everyone').getByText(words.ben).waitFor({ state: 'detached' });
    await ben.getByRole('button', { name: /^Unblock/ }).click();
    await feed(ben, 'Everyone').getByText(words.cleo).waitFor();
    await feed(cleo, 'Everyone').getByText(words.ben).waitFor();
    expect(await ben.getByRole('button', { name: /^Unblock/ }).count()).toBe(0);
  });

  it('shows Everyone where the network lets no socket through: by the stream, or by polling', async () => {
    const blockSockets = () => {
      window.WebSocket = class extends EventTarget {
        constructor() {
          super();
          setTimeout(() => this.dispatchEvent(new CloseEvent('close', { code: 1006 })));
        }
        send() {}
        close() {}
      } as unknown as typeof WebSocket;
    };
    const cleo = await signIn('cleo');
    const guest = async (blocked: RegExp | undefined): Promise<Page> => {
      const page = await (await browser.newContext()).newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      await page.addInitScript(blockSockets);
      if (blocked) await page.route(blocked, (route) => route.abort());
      await page.goto(ready.page);
      return page;
    };
    const guests = [await guest(undefined), await guest(/\/stream/)];
    const text = 'through a narrow network';
    await post(cleo, text);
    for (const page of guests) await feed(page, 'Everyone').getByText(text).waitFor();
    await post(cleo, 'and once more');
    for (const page of guests) {
      await feed(page, 'Everyone').getByText('and once more').waitFor();
      expect(await feed(page, 'Everyone').getByText(text).count()).toBe(1);
    }
  });
});
