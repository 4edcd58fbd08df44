import { Module, type DynamicModule } from '@nestjs/common';
import { HealthController } from './health/health.controller.js';
import type { HealthView } from './health/health-view.js';
import { HEALTH } from './injection.js';

/** What is built before Nest: everything that has a connection behind it. */
export interface CronParts {
  health: () => Promise<HealthView>;
}

@Module({})
export class AppModule {
  static with({ health }: CronParts): DynamicModule {
    return {
      module: AppModule,
      controllers: [HealthController],
      providers: [{ provide: HEALTH, useValue: health }],
    };
  }
}
