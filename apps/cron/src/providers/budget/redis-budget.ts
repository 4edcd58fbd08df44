import type { Clock } from '@groundswell/runtime';
import { awaitedBudget, learnBudget, takeBudget, type BudgetTerms, type Store } from '@groundswell/store';
import { OTHERWISE, type Allowance, type Budget, type Scope, type Usage } from './budget.js';

export interface RedisBudgetSettings {
  store: Store;
  clock: Clock;
  /** Of a scope of each provider, until its answers say otherwise. */
  allowances: Readonly<Record<string, Allowance>>;
}

/** Token buckets that all processes share: full at first, filled again evenly. A flight each. */
export class RedisBudget implements Budget {
  constructor(private readonly settings: RedisBudgetSettings) {}

  take(scope: Scope): Promise<number> {
    return takeBudget(this.settings.store, scope, this.#terms(scope));
  }

  wait(scope: Scope): Promise<number> {
    return awaitedBudget(this.settings.store, scope, this.#terms(scope));
  }

  learn(scope: Scope, news: Usage): Promise<void> {
    return learnBudget(this.settings.store, scope, { ...this.#terms(scope), news });
  }

  #terms({ provider }: Scope): BudgetTerms {
    const { allowances, clock } = this.settings;
    return { ...(allowances[provider] ?? OTHERWISE), now: clock.now() };
  }
}
