import { startNats, startRedis, type RedisOptions, type RunningServer, type ServerOptions } from '@groundswell/launch';
import { tempDir, type TempDir } from './temp-dir.js';

/** A real server for the tests of a `describe` block. Its members may be used inside tests and hooks only. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly dir: string;
  readonly pid: number;
  /** SIGKILL, as a crash would; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves when it is gone. */
  stop(): Promise<void>;
  /** Starts it again on the same port and data; ends it first if it still runs. */
  restart(): Promise<void>;
}

const START_MS = 30_000;

/** Options of the server; a function is called in `beforeAll`, when other hooks have prepared what it names. */
type Prepared<T> = T | (() => T);

/** nats-server with JetStream, on a free port and an empty folder, from `beforeAll` to `afterAll`. */
export function useNats(options: Prepared<Omit<ServerOptions, 'dir' | 'port'>> = {}): TestServer {
  return useServer((place) => startNats({ ...prepared(options), ...place }));
}

/** redis-server, on a free port and an empty folder, from `beforeAll` to `afterAll`. */
export function useRedis(options: Prepared<Omit<RedisOptions, 'dir' | 'port'>> = {}): TestServer {
  return useServer((place) => startRedis({ ...prepared(options), ...place }));
}

function prepared<T extends object>(options: Prepared<T>): T {
  return typeof options === 'function' ? options() : options;
}

function useServer(start: (place: { dir: string; port?: number }) => Promise<RunningServer>): TestServer {
  let dir: TempDir | undefined;
  let server: RunningServer | undefined;
  const running = (): RunningServer => {
    if (!server) throw new Error('the server exists only while tests run');
    return server;
  };
  beforeAll(async () => {
    dir = await tempDir();
    server = await start({ dir: dir.path });
  }, START_MS);
  afterAll(async () => {
    await server?.kill();
    await dir?.remove();
  }, START_MS);
  return {
    get url() {
      return running().url;
    },
    get port() {
      return running().port;
    },
    get dir() {
      return running().dir;
    },
    get pid() {
      return running().pid;
    },
    kill: async () => void (await running().kill()),
    stop: async () => void (await running().stop()),
    restart: async () => {
      const { port, dir: path } = running();
      await running().kill();
      server = await start({ dir: path, port });
    },
  };
}
