import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../fault.js';
import { Inbox } from '../mail/inbox.js';
import { networkUrls, type Networks } from '../networks/networks.js';
import { networksProcess } from '../networks/networks-process.js';
import { startPortal, type Portal } from '../portal/portal.js';
import type { ToolOptions } from '../portal/own-routes.js';
import type { Backend } from '../portal/routes.js';
import { SignInCodes } from '../portal/sign-in-codes.js';
import { loadKey, TokenIssuer } from '../portal/token-issuer.js';
import { NATS, REDIS, type Wanted } from '../programs/packages.js';
import { appProcess } from './apps.js';
import { openDataFolder } from './data-folder.js';
import { inTurn } from './in-turn.js';
import { Journal } from './journal.js';
import { Processes } from './processes.js';
import { natsProcess, reach, redisProcess } from './servers.js';
import { writeStackFile, type StackFile } from './stack-file.js';

/** Apps have this long to drain, then servers to write what they hold: 5 s in all, with some left for the rest. */
const APP_GRACE_MS = 3_000;
const SERVER_GRACE_MS = 1_200;

export interface StackOptions {
  root: string;
  /** Undefined = a new folder that is deleted at the end. */
  data: string | undefined;
  port: number;
  fanouts: number;
  env: NodeJS.ProcessEnv;
  tokenSecret: string | undefined;
  /** What stands for the other networks; undefined = none are asked, unless the environment names some. */
  networks: Networks | undefined;
  /** Makes sure that programs are there. */
  find: (wanted: readonly Wanted[]) => Promise<void>;
  /** Tells the person what happens. */
  say: (sentence: string) => void;
  onSignIn?: (member: { id: string; name: string }) => void;
  /** Gives the start up. */
  signal: AbortSignal;
}

export interface Stack {
  readonly data: string;
  readonly page: string;
  readonly ingest: string;
  readonly fanouts: readonly string[];
  readonly nats: string;
  readonly redis: string;
  /** Where the double of the other networks listens; undefined when it does not run. */
  readonly networks: string | undefined;
  readonly issuer: TokenIssuer;
  readonly codes: SignInCodes;
  readonly processes: Processes;
  /** Apps drain, servers stop, the data folder is freed: within 5 s. */
  stop(): Promise<void>;
}

/** Starts servers, apps and portal. When it throws, or is given up, nothing is left running. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { root, port, fanouts, env, tokenSecret, networks, say, onSignIn, signal } = options;
  const page = join(root, 'apps', 'web', 'dist');
  if (!existsSync(join(page, 'index.html'))) throw new Fault(`The page is not built: ${page} is missing.`);
  const folder = await openDataFolder({ path: options.data });
  const journal = new Journal(join(folder.path, 'logs'), say);
  const processes = new Processes();
  const inbox = new Inbox();
  let portal: Portal | undefined;
  let addresses: StackFile | undefined;
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    journal.quiet = true;
    await addresses?.remove();
    await processes.stop((name) => !isServer(name), APP_GRACE_MS);
    await Promise.all([portal?.stop(), inbox.stop(), processes.stop(isServer, SERVER_GRACE_MS)]);
    await journal.close();
    await folder.close();
  };

  try {
    const key = await loadKey(join(folder.path, 'keys', 'token.pem'));
    const issuer = new TokenIssuer(key);
    const codes = new SignInCodes();
    const names = Array.from({ length: fanouts }, (_, index) => `fanout-${index + 1}`);
    const isReady = (name: string) => processes.find(name)?.pid !== undefined;
    const next = { ingest: inTurn(['ingest'], isReady), fanout: inTurn(names, isReady) };
    const target = (backend: Backend) => {
      const name = next[backend]();
      return name === undefined ? undefined : { host: '127.0.0.1', port: processes.port(name) };
    };
    const tools = tokenSecret === undefined ? {} : { tools: { secret: tokenSecret, processes: control(processes) } };
    // First, since a port in use is the likeliest fault and the quickest to find.
    portal = await startPortal({
      port,
      page,
      target,
      issuer,
      codes,
      inbox,
      ...(networks ? { networks } : {}),
      ...(onSignIn ? { onSignIn } : {}),
      ...tools,
    });

    const place = { root, data: folder.path, journal, say };
    const servers = await startServers(place, processes, options);
    signal.throwIfAborted();
    const appEnv = {
      ...env,
      NATS_URL: servers.nats,
      REDIS_URL: servers.redis,
      TOKEN_PUBLIC_KEY: issuer.publicKey,
      DRAIN_MS: '1000',
      // Somebody who tries it out posts more often than a member may by default.
      POSTS_PER_MIN: env['POSTS_PER_MIN'] ?? '60',
    };
    const app = { root, env: appEnv, journal, say };
    const mailEnv = letterSettings({ smtp: await inbox.start(), page: portal.url, env });
    const asking = { ...app, env: { ...appEnv, ...mailEnv, ...networkSettings(networks, env) } };
    await abortable(processes, signal, () =>
      processes.start(
        appProcess('ingest', 'ingest', asking),
        ...names.map((name) => appProcess('fanout', name, app)),
        appProcess('cron', 'cron', asking),
      ),
    );
    addresses = await writeStackFile(folder.path, { page: portal.url, ...servers });
    const urlOf = (name: string) => `http://127.0.0.1:${processes.port(name)}`;
    return {
      data: folder.path,
      page: portal.url,
      ingest: urlOf('ingest'),
      fanouts: names.map(urlOf),
      ...servers,
      networks: networks?.url,
      issuer,
      codes,
      processes,
      stop: () => (stopping ??= stop()),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Letters go to the inbox of the portal, and a change is told soon: somebody who tries it out does not wait for ten
 * minutes, nor for hours until another network is looked at. A quarter of an hour is the shortest that cron takes.
 */
function letterSettings({ smtp, page, env }: { smtp: string; page: string; env: NodeJS.ProcessEnv }) {
  return {
    SMTP_URL: smtp,
    MAIL_FROM: 'Groundswell <hello@groundswell.example>',
    MAIL_LINK_SECRET: randomBytes(24).toString('base64url'),
    PAGE_URL: page,
    PUBLIC_URL: page,
    SETTLE_MS: env['SETTLE_MS'] ?? '20000',
    SLOT_MS: env['SLOT_MS'] ?? '5000',
    CHECK_EVERY_MS: env['CHECK_EVERY_MS'] ?? '900000',
  };
}

/** Networks that the environment names are asked, else what stands for them. */
function networkSettings(networks: Networks | undefined, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (networks?.url === undefined) return {};
  const own = Object.entries(networkUrls(networks.url));
  return Object.fromEntries(own.map(([name, url]) => [name, env[name] ?? url]));
}

/** What the apps talk to: it ends after them. */
const isServer = (name: string): boolean => ['nats', 'redis', 'networks'].includes(name);

interface Place {
  root: string;
  data: string;
  journal: Journal;
  say: (sentence: string) => void;
}

/** Those that the environment names, else our own; and the networks. */
async function startServers(
  place: Place,
  processes: Processes,
  { env, find, networks, signal }: StackOptions,
): Promise<{ nats: string; redis: string }> {
  const given = { nats: env['NATS_URL'], redis: env['REDIS_URL'] };
  if (given.nats) await reach('NATS_URL', given.nats, signal);
  if (given.redis) await reach('REDIS_URL', given.redis, signal);
  await find([...(given.nats ? [] : [NATS]), ...(given.redis ? [] : [REDIS])]);
  signal.throwIfAborted();
  const own = [
    ...(given.nats ? [] : [natsProcess(place)]),
    ...(given.redis ? [] : [redisProcess(place)]),
    ...(networks ? [networksProcess(networks, place)] : []),
  ];
  await abortable(processes, signal, () => processes.start(...own));
  return {
    nats: given.nats ?? `nats://127.0.0.1:${processes.port('nats')}`,
    redis: given.redis ?? `redis://127.0.0.1:${processes.port('redis')}`,
  };
}

/** Starting processes are given up when `signal` says so. */
async function abortable(processes: Processes, signal: AbortSignal, start: () => Promise<void>): Promise<void> {
  const giveUp = () =>
    void processes.stop((name) => !isServer(name) || processes.find(name)?.pid === undefined, APP_GRACE_MS);
  signal.addEventListener('abort', giveUp);
  try {
    await start();
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
  signal.throwIfAborted();
}

/** What tools may do: a kill is a crash that nobody mends until a restart is ordered. */
function control(processes: Processes): ToolOptions['processes'] {
  return {
    get names() {
      return processes.names;
    },
    order: async ({ name, action }) => {
      const process = processes.find(name);
      await process?.[action]();
      return process?.pid;
    },
  };
}
