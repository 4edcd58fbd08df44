import type { EveryoneCursor, EveryoneSnapFrame, ResetFrame, SegFrame, SkipFrame } from '@groundswell/protocol';

/** What a transport other than the socket brings for Everyone. */
export type CarriedFrame =
  | SegFrame
  | EveryoneSnapFrame
  | SkipFrame
  | ResetFrame
  /** Ids that a head says were taken down. */
  | { t: 'tombs'; ids: readonly string[] };

/** Where transports hand over what they bring. All of them move the one cursor, so none can tell a thing twice. */
export interface EveryoneSink {
  /** The highest segment taken in, by whatever transport. */
  readonly cursor: EveryoneCursor | null;
  /** Highest epoch ever seen. */
  readonly epoch: number;
  take(frame: CarriedFrame): void;
}
