import { AuthGuard, MetricsController, StrictPipe, TokenVerifier } from '@groundswell/runtime';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_GUARD, APP_PIPE, Reflector } from '@nestjs/core';
import { Registry } from 'prom-client';
import { AccountsController } from './accept/accounts.controller.js';
import { BlocksController } from './accept/blocks.controller.js';
import { EventRegistry } from './accept/event-registry.js';
import { EventsController } from './accept/events.controller.js';
import { FriendsController } from './accept/friends.controller.js';
import { HealthController, type HealthView } from './accept/health.controller.js';
import { HistoryController } from './accept/history.controller.js';
import { LikesController } from './accept/likes.controller.js';
import { MailController } from './accept/mail.controller.js';
import { MailLinksController } from './accept/mail-links.controller.js';
import { MembersController } from './accept/members.controller.js';
import { MutesController } from './accept/mutes.controller.js';
import { PinsController } from './accept/pins.controller.js';
import { PrivateController } from './accept/private.controller.js';
import { ProfileController } from './accept/profile.controller.js';
import { RelationshipController } from './accept/relationship.controller.js';
import { RemoteWatchesController } from './accept/remote-watches.controller.js';
import { SocialImportController } from './accept/social-import.controller.js';
import { StatusesController } from './accept/statuses.controller.js';
import { WatchesController } from './accept/watches.controller.js';
import { HEALTH } from './injection.js';
import { History } from './read/history.js';
import { MailViews } from './read/mail-views.js';
import { MemberLists } from './read/member-lists.js';
import { PrivateExporter } from './read/private-export.js';
import { Profiles } from './read/profiles.js';
import { RelationshipViews } from './read/relationship-views.js';
import type { PrivateParts } from './private-parts.js';
import { Accounts } from './write/accounts.js';
import { Erasure } from './write/erasure.js';
import { Items } from './write/items.js';
import { Liker } from './write/liker.js';
import { Mailbox } from './write/mailbox.js';
import { PairWriter } from './write/pair-writer.js';
import { Pinner } from './write/pinner.js';
import { Poster } from './write/poster.js';
import { ProfileWriter } from './write/profile-writer.js';
import { Relationships } from './write/relationships.js';
import { RemoteWatches } from './write/remote-watches.js';
import { Retractor } from './write/retractor.js';
import { SocialImport } from './write/social-import.js';
import { Watches } from './write/watches.js';

/** What is built before Nest: everything that has a connection behind it. */
export interface IngestParts extends PrivateParts {
  events: EventRegistry;
  poster: Poster;
  retractor: Retractor;
  items: Items;
  history: History;
  liker: Liker;
  pinner: Pinner;
  pairs: PairWriter;
  lists: MemberLists;
  profiles: Profiles;
  profileWriter: ProfileWriter;
  social: SocialImport;
  verifier: TokenVerifier;
  registry: Registry;
  health: () => Promise<HealthView>;
}

@Module({})
export class AppModule {
  static with(parts: IngestParts): DynamicModule {
    const providers: Provider[] = [
      { provide: EventRegistry, useValue: parts.events },
      { provide: Poster, useValue: parts.poster },
      { provide: Retractor, useValue: parts.retractor },
      { provide: Items, useValue: parts.items },
      { provide: History, useValue: parts.history },
      { provide: Liker, useValue: parts.liker },
      { provide: Pinner, useValue: parts.pinner },
      { provide: PairWriter, useValue: parts.pairs },
      { provide: MemberLists, useValue: parts.lists },
      { provide: Profiles, useValue: parts.profiles },
      { provide: ProfileWriter, useValue: parts.profileWriter },
      { provide: Relationships, useValue: parts.relationships },
      { provide: Watches, useValue: parts.watches },
      { provide: Accounts, useValue: parts.accounts },
      { provide: RemoteWatches, useValue: parts.remoteWatches },
      { provide: RelationshipViews, useValue: parts.relationshipViews },
      { provide: Mailbox, useValue: parts.mailbox },
      { provide: MailViews, useValue: parts.mailViews },
      { provide: PrivateExporter, useValue: parts.exporter },
      { provide: Erasure, useValue: parts.erasure },
      { provide: SocialImport, useValue: parts.social },
      { provide: Registry, useValue: parts.registry },
      { provide: HEALTH, useValue: parts.health },
      { provide: APP_PIPE, useClass: StrictPipe },
      {
        provide: APP_GUARD,
        useFactory: (reflector: Reflector) => new AuthGuard(parts.verifier, reflector),
        inject: [Reflector],
      },
    ];
    return {
      module: AppModule,
      controllers: [
        EventsController,
        StatusesController,
        HistoryController,
        LikesController,
        PinsController,
        FriendsController,
        BlocksController,
        MutesController,
        ProfileController,
        MembersController,
        RelationshipController,
        WatchesController,
        RemoteWatchesController,
        AccountsController,
        MailController,
        MailLinksController,
        PrivateController,
        SocialImportController,
        HealthController,
        MetricsController,
      ],
      providers,
    };
  }
}
