import type { AccountAnswer, AccountQuestion } from '@groundswell/contracts';
import type { Fault, Provider } from '@groundswell/relations';
import type { Log } from '@groundswell/runtime';
import type { CronPorts } from '../ports.js';

export interface RecognitionOptions {
  /** By name. */
  providers: ReadonlyMap<string, Provider>;
  credentials: CronPorts['credentials'];
  /** How long a provider is not to be asked, milliseconds. */
  pausedMs: (provider: string) => Promise<number>;
  /** Questions that are worked on at a time; whoever asks more is to come again. */
  most: number;
  log: Log;
}

const LATER: AccountAnswer = { fault: 'later' };
const ANSWERS: Readonly<Record<Fault['kind'], AccountAnswer>> = {
  soft: LATER,
  auth: { fault: 'no_account' },
  hard: { fault: 'refused' },
};

/** Says which accounts of another network there are, seen by a member who wants to watch them: one look, and nothing of it is kept. */
export class Recognition {
  private running = 0;
  private readonly ending = new AbortController();

  constructor(private readonly o: RecognitionOptions) {}

  async answer({ provider: name, watcher, subjects }: AccountQuestion): Promise<AccountAnswer> {
    const provider = this.o.providers.get(name);
    if (!provider?.polled) return { fault: 'refused' };
    if (this.running >= this.o.most || this.ending.signal.aborted) return LATER;
    this.running++;
    try {
      return await this.look(provider, { watcher, subjects });
    } finally {
      this.running--;
    }
  }

  /** Cuts off what is under way. */
  stop(): void {
    this.ending.abort();
  }

  private async look(
    provider: Provider,
    { watcher, subjects }: Pick<AccountQuestion, 'watcher' | 'subjects'>,
  ): Promise<AccountAnswer> {
    const { credentials, pausedMs, log } = this.o;
    const [known, paused] = await Promise.all([credentials(provider.name, [watcher]), pausedMs(provider.name)]);
    const credential = known.get(watcher);
    if (!credential) return ANSWERS.auth;
    if (paused > 0) return LATER;
    const [reply] = await provider.look([{ watcher, credential, subjects }], this.ending.signal);
    if (!reply!.ok) {
      log.info({ provider: provider.name, reason: reply!.fault.reason }, 'accounts could not be recognised');
      return ANSWERS[reply!.fault.kind];
    }
    const { seen } = reply!;
    // Hidden is there; of what is unknown nobody can say so.
    return { known: subjects.filter((subject) => ['value', 'hidden'].includes(seen.get(subject)!.kind)) };
  }
}
