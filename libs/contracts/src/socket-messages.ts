/** Messages that a WebSocket client may send, as classes that validate. */
import 'reflect-metadata';
import {
  EVENT_ID,
  FRIENDS_RANKS,
  type EveryoneCursor,
  type FriendsCursor,
  type FriendsRank,
  type Tab,
} from '@groundswell/protocol';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';

const POSITION_MAX = Number.MAX_SAFE_INTEGER;

export class EveryoneCursorField implements EveryoneCursor {
  @IsInt()
  @Min(0)
  @Max(POSITION_MAX)
  epoch!: number;

  @IsInt()
  @Min(0)
  @Max(POSITION_MAX)
  n!: number;
}

export class FriendsCursorField implements FriendsCursor {
  @IsInt()
  @Min(0)
  @Max(POSITION_MAX)
  epoch!: number;

  @IsInt()
  @Min(0)
  @Max(POSITION_MAX)
  seq!: number;
}

export class HelloFields {
  @Matches(EVENT_ID)
  event!: string;

  @IsOptional()
  @IsString()
  @MaxLength(4096)
  token?: string;

  /** Absent: not wanted. Null: from a snapshot. */
  @IsOptional()
  @ValidateNested()
  @Type(() => EveryoneCursorField)
  everyone?: EveryoneCursorField | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => FriendsCursorField)
  friends?: FriendsCursorField | null;

  /** Order of Friends snapshots. */
  @IsOptional()
  @IsIn(FRIENDS_RANKS)
  rank?: FriendsRank;
}

export class ShowFields {
  @IsIn(['everyone', 'friends'])
  tab!: Tab;
}

export class AuthFields {
  @IsString()
  @MaxLength(4096)
  token!: string;
}
