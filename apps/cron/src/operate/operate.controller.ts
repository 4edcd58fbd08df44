import { TokenClaims } from '@groundswell/contracts';
import { Caller, Needs, ProblemError, type Clock } from '@groundswell/runtime';
import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { CLOCK, PROVIDERS, RELEASE } from '../injection.js';
import { DeadTasks, type BuriedTask } from './dead-tasks.js';
import { OrderCommand } from './order-command.js';
import { Orders, type Place, type StandingOrder } from './orders.js';

/** Believes a run that is in quarantine. */
export type Release = (run: { provider: string; run: number }) => Promise<void>;

/** What an operator may do to the notifier while it runs. */
@Needs('operator')
@Controller('/v1/notifier')
export class OperateController {
  constructor(
    private readonly orders: Orders,
    private readonly dead: DeadTasks,
    @Inject(RELEASE) private readonly release: Release,
    @Inject(PROVIDERS) private readonly providers: readonly string[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('/orders')
  @Header('Cache-Control', 'no-store')
  standing(): { orders: StandingOrder[] } {
    return { orders: this.orders.all };
  }

  /** A provider is asked nothing; its tasks wait. */
  @Put('/pauses/:provider')
  @HttpCode(204)
  pause(@Caller() { sub }: TokenClaims, @Param('provider') provider: string, @Body() command: OrderCommand) {
    return this.give({ order: 'pause', provider }, sub, command);
  }

  @Delete('/pauses/:provider')
  @HttpCode(204)
  resume(@Param('provider') provider: string): Promise<void> {
    return this.orders.takeBack({ order: 'pause', provider });
  }

  /** Nobody is told about a subject; what happens meanwhile is found when it is let go. */
  @Put('/frozen/:provider/:subject')
  @HttpCode(204)
  freeze(
    @Caller() { sub }: TokenClaims,
    @Param('provider') provider: string,
    @Param('subject') subject: string,
    @Body() command: OrderCommand,
  ) {
    return this.give({ order: 'freeze', provider, subject }, sub, command);
  }

  @Delete('/frozen/:provider/:subject')
  @HttpCode(204)
  thaw(@Param('provider') provider: string, @Param('subject') subject: string): Promise<void> {
    return this.orders.takeBack({ order: 'freeze', provider, subject });
  }

  /** A run that was not believed is believed after all. */
  @Post('/runs/:provider/:run/release')
  @HttpCode(204)
  releaseRun(@Param('provider') provider: string, @Param('run') run: string): Promise<void> {
    return this.release({ provider, run: numberIn(run) });
  }

  @Get('/dead')
  @Header('Cache-Control', 'no-store')
  async buried(@Query('from') from?: string): Promise<{ tasks: BuriedTask[] }> {
    return { tasks: await this.dead.list(from === undefined ? 1 : numberIn(from)) };
  }

  @Post('/dead/:seq/replay')
  @HttpCode(204)
  async replay(@Param('seq') seq: string): Promise<void> {
    if (!(await this.dead.replay(numberIn(seq)))) throw nothingThere(seq);
  }

  @Delete('/dead/:seq')
  @HttpCode(204)
  async forget(@Param('seq') seq: string): Promise<void> {
    if (!(await this.dead.forget(numberIn(seq)))) throw nothingThere(seq);
  }

  private give(place: Place, who: string, { why }: OrderCommand): Promise<void> {
    if (!this.providers.includes(place.provider))
      throw new ProblemError('invalid_parameter', `A provider is one of ${this.providers.join(', ')}.`);
    return this.orders.give(place, { who, why, at: this.clock.now() });
  }
}

function numberIn(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new ProblemError('invalid_parameter', 'Send a whole number.');
}

function nothingThere(seq: string): ProblemError {
  return new ProblemError('not_found', `There is no dead task at ${seq} that could be used: list them anew.`);
}
