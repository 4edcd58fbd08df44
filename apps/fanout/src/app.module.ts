import { TokenVerifier, type Clock, type Log } from '@groundswell/runtime';
import { Module, type DynamicModule } from '@nestjs/common';
import { GraphSource } from './graph/graph-source.js';
import { CLOCK, HEALTH, LOG, NODE_ID, OPENING } from './injection.js';
import { Pollers } from './hub/pollers.js';
import { Rooms } from './intake/rooms.js';
import { FriendsController } from './pages/friends.controller.js';
import { HealthController, type HealthView } from './pages/health.controller.js';
import { PagesController } from './pages/pages.controller.js';
import { StreamController } from './pages/stream.controller.js';
import { Gateway } from './upgrade/gateway.js';
import { Sockets } from './upgrade/sockets.js';

/** What is built before Nest: connections and the reading of the logs. */
export interface FanoutParts {
  rooms: Rooms;
  sockets: Sockets;
  graphs: GraphSource;
  pollers: Pollers;
  verifier: TokenVerifier;
  clock: Clock;
  log: Log;
  node: string;
  health: () => HealthView;
  opening: (event: string) => boolean;
}

@Module({})
export class AppModule {
  static with({
    rooms,
    sockets,
    graphs,
    pollers,
    verifier,
    clock,
    log,
    node,
    health,
    opening,
  }: FanoutParts): DynamicModule {
    return {
      module: AppModule,
      controllers: [StreamController, FriendsController, PagesController, HealthController],
      providers: [
        Gateway,
        { provide: Rooms, useValue: rooms },
        { provide: Sockets, useValue: sockets },
        { provide: GraphSource, useValue: graphs },
        { provide: Pollers, useValue: pollers },
        { provide: TokenVerifier, useValue: verifier },
        { provide: CLOCK, useValue: clock },
        { provide: LOG, useValue: log },
        { provide: NODE_ID, useValue: node },
        { provide: HEALTH, useValue: health },
        { provide: OPENING, useValue: opening },
      ],
    };
  }
}
