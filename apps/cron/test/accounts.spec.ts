import { ask, countMessages, publisher } from '@groundswell/bus';
import { NOTIFY, readAccountAnswer, SOCIAL, subjects, tokenAbout } from '@groundswell/contracts';
import { decodePair } from '@groundswell/relations';
import { seal } from '@groundswell/runtime';
import { overdue, readAccounts, readOutbox, readPairs, type StoredAccount } from '@groundswell/store';
import { tokenMint, useNats, useRedis } from '@groundswell/testing';
import { jest } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { AccountLosses } from '../src/accounts/account-losses.js';
import type { Mail } from '../src/mail/mail.js';
import { startClock, type ClockServer } from './clock-server.js';
import { startCronProcess, type CronProcess } from './cron-process.js';
import { deleteStream } from './delete-stream.js';
import { startDouble, type DoubleProcess } from './double-process.js';
import { DAY, HOUR, MailStage, MINUTE, NOON } from './mail-stage.js';
import { redisCommand } from './redis-command.js';
import { untilCalm } from './until-calm.js';

jest.setTimeout(60_000);

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const MASTODON = 'mastodon';
const FOLLOWERS = ['1', '2', '3'];

/** Counts the keys in which a word is, by itself or in what they hold. */
const SCAN = [
  "local n = 0 for _, key in ipairs(redis.call('KEYS', '*')) do local type = redis.call('TYPE', key).ok",
  "local all = type == 'hash' and redis.call('HGETALL', key) or type == 'zset' and redis.call('ZRANGE', key, 0, -1)",
  "or type == 'set' and redis.call('SMEMBERS', key) or {redis.call('GET', key)}",
  "if string.find(key .. ' ' .. table.concat(all, ' '), ARGV[1], 1, true) then n = n + 1 end end return n",
].join(' ');

describe('accounts in other networks', () => {
  const nats = useNats();
  const redis = useRedis({ appendonly: false });
  let stage: MailStage;
  let clock: ClockServer;
  let double: DoubleProcess;
  let cron: CronProcess;
  let mail: Mail;
  /** Who of the members may still ask, and who follows them no longer. */
  let tokens: Record<string, string>;
  let unfollowed: string[];
  let connections = 0;

  beforeAll(async () => {
    stage = await MailStage.start({ nats: nats.url, redis: redis.url });
    clock = await startClock(NOON);
    double = await startDouble();
    mail = await stage.open();
    const { publicKey } = await tokenMint();
    cron = await startCronProcess(MAIN, {
      NODE_ID: 'cron-1',
      NATS_URL: nats.url,
      REDIS_URL: redis.url,
      TOKEN_PUBLIC_KEY: publicKey,
      CLOCK_URL: clock.url(),
      LOOK_EVERY_MS: '20',
      // Why a look brought no answer.
      LOG_LEVEL: 'debug',
      CONFIRM_MS: String(20 * MINUTE),
      MASTODON_URL: `${double.url}/mastodon`,
    });
    await cron.says(/"listening"/);
  });
  afterAll(async () => {
    await cron.kill();
    await mail.stop();
    await Promise.all([stage.stop(), double.stop(), clock.stop()]);
  });
  beforeEach(async () => {
    stage.begin();
    stage.now = clock.now;
    tokens = {};
    unfollowed = [];
    await stage.settle('ada');
  });
  afterEach(() => stage.say('ada', { kind: 'account', content: { provider: MASTODON, account: null } }));

  const world = () => {
    const follows = ['1001', '1002'];
    const followers = FOLLOWERS.map((id) => ({ id, follows: unfollowed.includes(id) ? [] : follows }));
    return double.control('PUT world', { members: [...follows.map((id) => ({ id })), ...followers], tokens });
  };
  /** A member connects an account with a token that is good for `owner`; gives the token. */
  const connect = async (who: string, account: string, owner = account): Promise<string> => {
    const token = `a-secret-of-${owner}-number-${++connections}`;
    tokens[token] = owner;
    await world();
    const member = stage.name(who);
    const about = tokenAbout({ provider: MASTODON, account, member });
    const box = await seal(await stage.keys.of(member), about, { token });
    await stage.say(who, { kind: 'account', content: { provider: MASTODON, account, token: box } });
    return token;
  };
  const watch = async (who: string): Promise<void> => {
    for (const subject of FOLLOWERS)
      await stage.write(who, { kind: 'watch', content: { provider: MASTODON, subject, on: true } });
    await stage.catchUp();
  };
  const revoke = async (token: string): Promise<void> => {
    delete tokens[token];
    await world();
  };
  /** Nobody is due, and nobody is leased: a lease ends before a change can be certain. */
  const looked = async (passed = MINUTE): Promise<void> => {
    clock.pass(passed);
    await untilCalm(
      clock,
      async (now) => (await overdue(stage.store, { check: MASTODON }, now + 16 * MINUTE)).count === 0,
    ).catch((cause: unknown) => {
      throw new Error(`somebody was not looked at:\n${cron.output.slice(-20).join('\n')}`, { cause });
    });
    stage.now = clock.now;
    await stage.catchUp();
  };
  const pairs = async (who: string): Promise<string[]> => {
    const [of] = await readPairs(stage.store, MASTODON, [stage.name(who)]);
    return FOLLOWERS.map((subject) => decodePair(of!.get(subject)!).state);
  };
  const account = async (who: string): Promise<StoredAccount | undefined> =>
    (await readAccounts(stage.store, MASTODON, [stage.name(who)]))[0];
  const notices = async (who: string): Promise<string[]> => {
    const [outbox] = await readOutbox(stage.store, [stage.name(who)]);
    return outbox!.map(({ json }) => {
      const { subject, from, to } = JSON.parse(json) as Record<string, string>;
      return `${subject} ${from} ${to}`;
    });
  };
  const said = () => countMessages(stage.bus, SOCIAL.name, subjects.private('account'));
  const asked = async (): Promise<number> => ((await double.control('GET requests')) as unknown[]).length;
  /** The next day, out of the quiet hours and after the hour of letters. */
  const noonAgain = (): void => {
    clock.pass(DAY - ((clock.now - NOON) % DAY));
    stage.now = clock.now;
  };
  const letters = async (): Promise<number> => {
    noonAgain();
    await stage.workOff(mail);
    return stage.letters('ada').length;
  };

  it('let a change be seen twice and told, and are readable nowhere', async () => {
    const token = await connect('ada', '1001');
    await watch('ada');
    await looked();
    expect(await pairs('ada')).toEqual(['stable', 'stable', 'stable']);
    unfollowed = ['2'];
    await world();
    await looked(7 * HOUR);
    expect([await pairs('ada'), await notices('ada')]).toEqual([['stable', 'confirming', 'stable'], []]);
    await looked(21 * MINUTE);
    expect(await notices('ada')).toEqual(['2 follows follows_not']);
    noonAgain();
    expect(await stage.round(mail)).toEqual(['sent']);
    expect(stage.letters('ada')[0]!.text).toContain('2 no longer follows you on Mastodon.');
    const found = async (word: string) => redisCommand(redis.port, `EVAL "${SCAN}" 0 ${word}`);
    expect([await found(token), await found('a-secret-of')]).toEqual([':0', ':0']);
    expect(await found('1001')).not.toBe(':0');
    expect(cron.output.join('\n')).not.toContain('a-secret-of');
    expect(cron.output.filter((line) => line.includes('looked')).length).toBeGreaterThan(0);
  });

  it('are wiped once when their token is revoked, and asked for in one letter', async () => {
    const token = await connect('ada', '1001');
    await watch('ada');
    await looked();
    const before = await said();
    unfollowed = ['2'];
    await revoke(token);
    await looked(7 * HOUR);
    expect(await account('ada')).toMatchObject({ account: null, reason: 'refused' });
    expect(await pairs('ada')).toEqual(['auth_paused', 'auth_paused', 'auth_paused']);
    const requests = await asked();
    await looked(7 * HOUR);
    expect([await said(), await asked()]).toEqual([before + 1, requests]);
    expect(await letters()).toBe(1);
    const { text } = stage.letters('ada')[0]!;
    expect(text).toContain('cannot ask Mastodon in your name');
    expect(text).not.toMatch(/a-secret-of|1001/);
    expect(cron.output.join('\n')).not.toContain('a-secret-of');
  });

  it('are wiped once, and asked for once, however often they are found lost', async () => {
    await connect('ada', '1001');
    const { of } = (await account('ada'))!;
    const before = await said();
    const losses = new AccountLosses({ publisher: publisher(stage.bus), keys: stage.keys });
    const loss = { provider: MASTODON, member: stage.name('ada'), reason: 'refused', of } as const;
    for (const at of [clock.now, clock.now + 1]) await losses.tell(loss, { at, source: '/test' });
    await losses.tell({ ...loss, member: 'nobody' }, { at: clock.now, source: '/test' });
    await stage.catchUp();
    expect([await said(), await letters(), stage.outcomes]).toEqual([before + 1, 1, ['sent']]);
  });

  it('begin anew when they are connected again, and are asked for again after a fortnight at the earliest', async () => {
    const lose = async (token: string): Promise<number> => {
      await revoke(token);
      await looked(7 * HOUR);
      return letters();
    };
    const first = await connect('ada', '1001');
    await watch('ada');
    await looked();
    expect(await lose(first)).toBe(1);
    unfollowed = ['2'];
    const second = await connect('ada', '1001');
    await looked();
    expect(await pairs('ada')).toEqual(['stable', 'stable', 'stable']);
    await looked(7 * HOUR);
    await looked(7 * HOUR);
    expect(await notices('ada')).toEqual([]);
    expect(await lose(second)).toBe(1);
    expect(stage.outcomes.slice(-1)).toEqual(['known']);
    const third = await connect('ada', '1001');
    clock.pass(14 * DAY);
    await looked();
    expect(await lose(third)).toBe(2);
  });

  it('are asked for although the task to do so is lost', async () => {
    const token = await connect('ada', '1001');
    await watch('ada');
    await looked();
    await revoke(token);
    await looked(7 * HOUR);
    expect(await account('ada')).toMatchObject({ account: null });
    await deleteStream(nats.port, NOTIFY.name);
    await looked(7 * HOUR);
    expect(await letters()).toBe(1);
  });

  it('let members be told which accounts there are before they watch them', async () => {
    const put = async (provider: string, watcher: string, ...subjectIds: string[]) => {
      const data = new TextEncoder().encode(JSON.stringify({ provider, watcher, subjects: subjectIds }));
      return readAccountAnswer(await ask(stage.bus, subjects.askAccounts(), { data, timeoutMs: 10_000 }));
    };
    const ada = stage.name('ada');
    expect(await put(MASTODON, ada, '1')).toEqual({ fault: 'no_account' });
    await connect('ada', '1001');
    const before = await asked();
    expect(await put(MASTODON, ada, '1', '9999', '2', 'no id')).toEqual({ known: ['1', '2'] });
    // Whose the token is, and the accounts.
    expect((await asked()) - before).toBe(2);
    await double.control('POST faults', { kind: 'error_500', api: MASTODON });
    expect(await put(MASTODON, ada, '1')).toEqual({ fault: 'later' });
    expect(await put('own', ada, ada)).toEqual({ fault: 'refused' });
    expect(await put('graph', ada, '1')).toEqual({ fault: 'refused' });
  });

  it('that are connected again before the letter is written need none', async () => {
    await revoke(await connect('ada', '1001'));
    await watch('ada');
    await looked();
    expect(await account('ada')).toMatchObject({ account: null });
    await connect('ada', '1001');
    expect([await letters(), stage.outcomes]).toEqual([0, ['over']]);
    await looked();
  });

  it('with the token of somebody else show nothing', async () => {
    await connect('ada', '1001', '1002');
    await watch('ada');
    await looked();
    expect(await account('ada')).toMatchObject({ account: null, reason: 'other_account' });
    expect(await pairs('ada')).toEqual(['auth_paused', 'auth_paused', 'auth_paused']);
    expect(await letters()).toBe(1);
  });

  it('that were never connected are asked for by nobody', async () => {
    const before = await said();
    await watch('ada');
    await looked();
    expect([await pairs('ada'), await said(), await letters()]).toEqual([
      ['auth_paused', 'auth_paused', 'auth_paused'],
      before,
      0,
    ]);
  });
});
