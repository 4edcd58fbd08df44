import { AuthGuard, MetricsController, StrictPipe, TokenVerifier, type Clock } from '@groundswell/runtime';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_PIPE, Reflector } from '@nestjs/core';
import { Registry } from 'prom-client';
import { HealthController } from './health/health.controller.js';
import type { HealthView } from './health/health-view.js';
import { CLOCK, HEALTH, PROVIDERS, RELEASE } from './injection.js';
import { DeadTasks } from './operate/dead-tasks.js';
import { OperateController, type Release } from './operate/operate.controller.js';
import { Orders } from './operate/orders.js';

/** What is built before Nest: everything that has a connection behind it. */
export interface CronParts {
  health: () => Promise<HealthView>;
  verifier: TokenVerifier;
  registry: Registry;
  orders: Orders;
  dead: DeadTasks;
  release: Release;
  /** Names that orders may be about. */
  providers: readonly string[];
  clock: Clock;
}

@Module({})
export class AppModule {
  static with({ health, verifier, registry, orders, dead, release, providers, clock }: CronParts): DynamicModule {
    return {
      module: AppModule,
      controllers: [HealthController, MetricsController, OperateController],
      providers: [
        { provide: HEALTH, useValue: health },
        { provide: Registry, useValue: registry },
        { provide: Orders, useValue: orders },
        { provide: DeadTasks, useValue: dead },
        { provide: RELEASE, useValue: release },
        { provide: PROVIDERS, useValue: providers },
        { provide: CLOCK, useValue: clock },
        { provide: APP_PIPE, useClass: StrictPipe },
        {
          provide: APP_GUARD,
          useFactory: (reflector: Reflector) => new AuthGuard(verifier, reflector),
          inject: [Reflector],
        },
      ],
    };
  }
}
