const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

export interface Interruption {
  /** Aborted by the first signal; later ones change nothing, since npm repeats what the terminal has sent. */
  readonly signal: AbortSignal;
  /** Resolves at the first signal. */
  readonly happened: Promise<void>;
  /** Exit code that the signal stands for. */
  readonly code: number;
}

/** Takes Ctrl-C and its like from now on. */
export function onInterrupt(): Interruption {
  const controller = new AbortController();
  let code = 0;
  let tell: () => void = () => undefined;
  const happened = new Promise<void>((resolve) => (tell = resolve));
  for (const name of Object.keys(CODES) as (keyof typeof CODES)[]) {
    process.on(name, () => {
      if (code !== 0) return;
      code = CODES[name];
      controller.abort(new Error(`interrupted by ${name}`));
      tell();
    });
  }
  // A terminal that was closed takes no more output.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return {
    signal: controller.signal,
    happened,
    get code() {
      return code;
    },
  };
}
