import type { Exit, RunningProcess } from '@groundswell/launch';

export interface Started extends RunningProcess {
  readonly port: number;
}

export interface SupervisedOptions {
  name: string;
  /** Starts it; `port` is the one it had before, if it has run. Resolves when it is ready. */
  start: (again: { port: number | undefined; signal: AbortSignal }) => Promise<Started>;
  /** Tells the person what happens. */
  say: (sentence: string) => void;
  /** Delays before each restart in a row, milliseconds; after the last it is left alone. */
  delays?: readonly number[];
  /** A process that has run this long starts the row anew. */
  settledMs?: number;
}

/** `down`: on purpose. `lost`: it has died too often. */
type State =
  | { t: 'idle' }
  | { t: 'starting' }
  | { t: 'up'; process: Started; since: number }
  | { t: 'waiting'; timer: NodeJS.Timeout }
  | { t: 'down' }
  | { t: 'lost' }
  | { t: 'stopped' };

const DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000];
const SETTLED_MS = 60_000;

/** A process that is started again, on the same port, when it ends without having been asked to. */
export class Supervised {
  readonly name: string;
  private readonly options: SupervisedOptions;
  private readonly delays: readonly number[];
  private readonly ending = new AbortController();
  private state: State = { t: 'idle' };
  private port: number | undefined;
  /** Restarts in a row so far. */
  private restarts = 0;
  /** Commands are taken one after the other. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(options: SupervisedOptions) {
    this.options = options;
    this.name = options.name;
    this.delays = options.delays ?? DELAYS_MS;
  }

  /** Process id; undefined while it does not run. */
  get pid(): number | undefined {
    return this.state.t === 'up' ? this.state.process.pid : undefined;
  }

  /** Port of the last start that succeeded. */
  get lastPort(): number | undefined {
    return this.port;
  }

  /** Rejects with what the start threw. */
  async start(): Promise<void> {
    await this.inTurn(() => this.launch());
  }

  /** SIGKILL; it stays down until `restart`. */
  async kill(): Promise<void> {
    await this.inTurn(() => this.end('down', (process) => process.kill()));
  }

  /** SIGSTOP: it stands still, with all its connections open, until `resume`. Nothing happens if it does not run. */
  async pause(): Promise<void> {
    await this.inTurn(async () => this.signal('SIGSTOP'));
  }

  /** SIGCONT: it goes on where it stood. */
  async resume(): Promise<void> {
    await this.inTurn(async () => this.signal('SIGCONT'));
  }

  /** Ends it if it runs and starts it on the same port. Rejects with what the start threw. */
  async restart(): Promise<void> {
    await this.inTurn(async () => {
      await this.end('down', (process) => process.stop());
      this.restarts = 0;
      await this.launch();
    });
  }

  /** Asks it to end, insists after the grace time; also gives up a start. For good. */
  async stop(graceMs: number): Promise<void> {
    this.ending.abort(new Error(`${this.name} is being stopped`));
    await this.inTurn(() => this.end('stopped', (process) => process.stop({ graceMs })));
  }

  private signal(name: NodeJS.Signals): void {
    if (this.pid !== undefined) process.kill(this.pid, name);
  }

  private inTurn<T>(what: () => Promise<T>): Promise<T> {
    const result = this.turn.then(what);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private async launch(): Promise<void> {
    this.ending.signal.throwIfAborted();
    this.state = { t: 'starting' };
    let process: Started;
    try {
      process = await this.options.start({ port: this.port, signal: this.ending.signal });
    } catch (error) {
      this.state = { t: 'down' };
      throw error;
    }
    this.port = process.port;
    this.state = { t: 'up', process, since: performance.now() };
    void process.exited.then((exit) => this.onExit(process, exit));
  }

  private async end(to: 'down' | 'stopped', how: (process: Started) => Promise<Exit>): Promise<void> {
    const { state } = this;
    if (state.t === 'waiting') clearTimeout(state.timer);
    this.state = { t: to };
    if (state.t === 'up') await how(state.process);
  }

  private onExit(process: Started, exit: Exit): void {
    if (this.state.t !== 'up' || this.state.process !== process) return;
    const { settledMs = SETTLED_MS } = this.options;
    if (performance.now() - this.state.since >= settledMs) this.restarts = 0;
    this.plan(`ended unexpectedly (${exit.signal ?? `exit code ${exit.code}`})`);
  }

  private plan(how: string): void {
    const delay = this.delays[this.restarts];
    if (delay === undefined) {
      this.state = { t: 'lost' };
      this.options.say(`${this.name} ${how} and is left alone now: stop the stack and start it again.`);
      return;
    }
    this.restarts++;
    this.options.say(`${this.name} ${how}; starting it again in ${delay / 1000} s.`);
    const timer = setTimeout(() => void this.inTurn(() => this.again(timer)), delay);
    this.state = { t: 'waiting', timer };
  }

  private async again(timer: NodeJS.Timeout): Promise<void> {
    if (this.state.t !== 'waiting' || this.state.timer !== timer) return;
    try {
      await this.launch();
      this.options.say(`${this.name} runs again.`);
    } catch (error) {
      if (!this.ending.signal.aborted) this.plan(`could not be started (${firstLine(error)})`);
    }
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
