/** Messages of an event's feed, as they are stored in the log. Times are Unix milliseconds. */
import 'reflect-metadata';
import { ITEM_ID, MEMBER_ID, type Audience } from '@groundswell/protocol';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

/** Who wrote it, with the name in force when it was written. */
export class AuthorMessage {
  @Matches(MEMBER_ID)
  id!: string;

  @IsString()
  @Length(1, 120)
  name!: string;
}

/** A status. The subject says who may see it. */
export class StatusMessage {
  @Matches(ITEM_ID)
  id!: string;

  @IsInt()
  @Min(0)
  at!: number;

  @ValidateNested()
  @Type(() => AuthorMessage)
  author!: AuthorMessage;

  @IsString()
  text!: string;

  /** Grows with each edit; 1 when new. */
  @IsInt()
  @Min(1)
  rev!: number;
}

/** A comment on a story; its subject is the story's. */
export class CommentMessage extends StatusMessage {
  /** The story. */
  @Matches(ITEM_ID)
  of!: string;

  /** The story's author: decides who sees a comment in Friends. */
  @Matches(MEMBER_ID)
  ofAuthor!: string;

  @IsOptional()
  @Matches(ITEM_ID)
  inReplyTo?: string;
}

/** A status or comment was taken back by its author. */
export class RetractMessage {
  @Matches(ITEM_ID)
  id!: string;

  /** Log position of what is taken back. */
  @IsInt()
  @Min(1)
  seq!: number;

  @Matches(MEMBER_ID)
  author!: string;

  /** For a comment: its story, and the story's author. */
  @IsOptional()
  @Matches(ITEM_ID)
  of?: string;

  @IsOptional()
  @Matches(MEMBER_ID)
  ofAuthor?: string;

  @IsInt()
  @Min(0)
  at!: number;
}

/** A member likes a story, or does no longer. Read by the projectors alone. */
export class ReactMessage {
  @Matches(ITEM_ID)
  of!: string;

  /** The story's author and audience: what is counted goes where the story went. */
  @Matches(MEMBER_ID)
  ofAuthor!: string;

  @IsIn(['everyone', 'friends'])
  audience!: Audience;

  @Matches(MEMBER_ID)
  member!: string;

  @IsBoolean()
  on!: boolean;

  @IsInt()
  @Min(0)
  at!: number;
}

/** How many comments and likes a story has, in all: absolute, so that only the newest counts. */
export class CountsMessage {
  @Matches(ITEM_ID)
  of!: string;

  /** The story's author: decides who sees it in Friends. */
  @Matches(MEMBER_ID)
  ofAuthor!: string;

  @IsInt()
  @Min(0)
  comments!: number;

  @IsInt()
  @Min(0)
  likes!: number;

  /** Position of the log up to which it counts: what has a smaller one is older. */
  @IsInt()
  @Min(1)
  asOf!: number;
}

/** A public status as it stands in the log. */
export class PinnedStory extends StatusMessage {
  /** Its position. */
  @IsInt()
  @Min(1)
  seq!: number;
}

/** An operator pinned a public status, or unpinned it. Carries the status: a node that reads this may not hold it. */
export class PinMessage {
  @ValidateNested()
  @Type(() => PinnedStory)
  story!: PinnedStory;

  @IsBoolean()
  on!: boolean;

  @IsInt()
  @Min(0)
  at!: number;
}

/** What is pinned, in a tick: newest pin first, as of the last pin or unpin (a position) that its writer had read. */
export class TickPins {
  @IsInt()
  @Min(1)
  asOf!: number;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PinnedStory)
  stories!: PinnedStory[];
}

/** A place in the log that a node can start from: tick `n` and its position. n = 0: the event's beginning. */
export class TickAnchor {
  @IsInt()
  @Min(0)
  n!: number;

  @IsInt()
  @Min(0)
  seq!: number;
}

/** Levers that shape content travel in the tick, so that every node composes with the same values. */
export class SegmentLevers {
  @IsInt()
  @Min(250)
  @Max(10_000)
  'everyone.segment_ms'!: number;

  @IsInt()
  @Min(16_384)
  @Max(1_048_576)
  'everyone.segment_max_bytes'!: number;

  /** Levers that were added later: readers take what they know of, and their own default where it is missing. */
  [lever: string]: unknown;
}

/** Ends segment `n`: everything since the last valid tick is in it. Valid only if it continues the chain. */
export class TickMessage {
  @IsInt()
  @Min(1)
  n!: number;

  /** Position of tick n−1; 0 for the first. */
  @IsInt()
  @Min(0)
  prev!: number;

  /** Creation of the log (Unix milliseconds) plus the epoch lever. */
  @IsInt()
  @Min(0)
  epoch!: number;

  /** Version of compose in force. */
  @IsInt()
  @Min(1)
  rules!: number;

  @IsInt()
  @Min(0)
  at!: number;

  /** Position of SOCIAL in force from this tick on. */
  @IsInt()
  @Min(0)
  social!: number;

  @IsInt()
  @Min(0)
  leverRev!: number;

  @IsObject()
  @ValidateNested()
  @Type(() => SegmentLevers)
  levers!: SegmentLevers;

  /** Absent as long as nothing was ever pinned. */
  @IsOptional()
  @ValidateNested()
  @Type(() => TickPins)
  pins?: TickPins;

  /** First segment that nodes hold. */
  @IsInt()
  @Min(1)
  serveFrom!: number;

  /** Where a booting node starts reading. */
  @ValidateNested()
  @Type(() => TickAnchor)
  replayFrom!: TickAnchor;
}
