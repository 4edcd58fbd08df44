import type {
  ClientMessage,
  ErrorFrame,
  EveryoneSnapFrame,
  FriendsSnapFrame,
  HideFrame,
  ItemFrame,
  MarkFrame,
  ResetFrame,
  SegFrame,
  SkipFrame,
  Tab,
  WelcomeFrame,
} from '@groundswell/protocol';
import type { FeedStopped } from './feed-stopped.js';
import type { CarriedFrame, CarriedFriendsFrame } from './sink.js';

/** What carries Everyone: the socket, or while it is blocked a stream of events, or polling. */
export type Carrier = 'socket' | 'stream' | 'poll';

/** Why a client is waiting: `bye` = the server named the time; `poll` = so it did, and
 * asked to take Everyone by other means; `fault` and `gap` = this side closed to recover. */
export type WaitReason = 'lost' | 'bye' | 'poll' | 'fault' | 'gap' | 'timeout';

/** The connection as the outside sees it. `attempt` counts failures since the connection was last settled. */
export type ConnectionState =
  | { t: 'idle' }
  | { t: 'connecting'; attempt: number }
  | { t: 'greeting'; attempt: number }
  | { t: 'live'; attempt: number; node: string; pinged: boolean; pingMs: number }
  | { t: 'waiting'; attempt: number; reason: WaitReason; delayMs: number }
  | { t: 'stopped'; error?: FeedStopped };

/** `greet`: no welcome in time. `retry`: connect again. `quiet`: nothing heard. `settle`: forget earlier failures. */
export type TimerName = 'greet' | 'retry' | 'quiet' | 'settle';

/** What happens to the engine. `frame.data` is what the socket delivered, not yet parsed. */
export type Input =
  | { t: 'start' }
  | { t: 'stop' }
  | { t: 'opened'; token?: string }
  | { t: 'frame'; data: unknown }
  | { t: 'closed'; code: number }
  | { t: 'timer'; name: TimerName }
  | { t: 'online'; online: boolean }
  | { t: 'visibility'; visible: boolean }
  | { t: 'show'; tab: Tab }
  | { t: 'token'; token: string }
  /** The viewer has just blocked or muted somebody. */
  | { t: 'shun'; author: string }
  /** Another transport than the socket brought something. */
  | { t: 'relay'; frame: CarriedFrame | CarriedFriendsFrame };

/** What the engine wants done, in order. */
export type Effect =
  | { t: 'open' }
  | { t: 'send'; message: ClientMessage }
  | { t: 'close'; code: number }
  | { t: 'set'; timer: TimerName; ms: number }
  | { t: 'clear'; timer: TimerName }
  | { t: 'emit'; event: FeedEvent };

/** What a user of the client is told. Frames arrive here only when they are to be applied: once, and in order. */
export type FeedEvent =
  | { t: 'state'; state: ConnectionState }
  | { t: 'welcome'; frame: WelcomeFrame }
  | { t: 'snap'; frame: EveryoneSnapFrame | FriendsSnapFrame }
  | { t: 'seg'; frame: SegFrame }
  | { t: 'item'; frame: ItemFrame }
  | { t: 'mark'; frame: MarkFrame }
  | { t: 'skip'; frame: SkipFrame }
  | { t: 'reset'; frame: ResetFrame }
  /** Whom the page must not show, whole list: blocks in either direction, and mutes. */
  | { t: 'hide'; frame: HideFrame }
  /** Taken down in Everyone, as a head of the polling pages says. */
  | { t: 'tombs'; ids: readonly string[] }
  /** Everyone comes by another transport from here on. */
  | { t: 'carrier'; carrier: Carrier }
  | { t: 'stale'; tab: Tab; frame: 'seg' | 'item' | 'snap' | 'mark' }
  | { t: 'gap'; tab: Tab; sent: number; received: number }
  | { t: 'fault'; message: string }
  | { t: 'error'; frame: ErrorFrame }
  | { t: 'stopped'; error: FeedStopped };

/** Counters since the client was made. */
export interface FeedStats {
  /** Sockets that said `welcome`. */
  welcomes: number;
  /** Frames ignored because they were of an older epoch or position. */
  stale: number;
  gaps: number;
  faults: number;
  skips: number;
  /** Positions that skips said were missed. */
  missed: number;
  resets: number;
}
