/** Messages about members. Times are Unix milliseconds. */
import 'reflect-metadata';
import { MEMBER_ID } from '@groundswell/protocol';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsInt, Matches, Min, ValidateNested } from 'class-validator';
import { IfGiven } from './if-given.js';
import { IsEdges } from './is-edges.js';
import { IsProfileField } from './is-profile-field.js';

/** Most edges or profiles in one message. */
export const BULK_MAX = 500;

/**
 * Friendship commands. A friendship stands when both halves do.
 * `on, !mutual`: the first of each pair says yes to the second. `on, mutual`: both say yes (import).
 * `!on`: neither does any more, whoever said it (unfriend, refuse, cancel).
 */
export class FriendshipMessage {
  @IsEdges(BULK_MAX)
  edges!: [by: string, to: string][];

  @IsBoolean()
  on!: boolean;

  @IsBoolean()
  mutual!: boolean;

  @IsInt()
  @Min(0)
  at!: number;
}

/** A member blocks another (`block`) or mutes them (`mute`), or does no longer. The two are different members. */
export class PairMessage {
  @Matches(MEMBER_ID)
  by!: string;

  @Matches(MEMBER_ID)
  to!: string;

  @IsBoolean()
  on!: boolean;

  @IsInt()
  @Min(0)
  at!: number;
}

/** A whole profile: it takes the place of an earlier one. */
export class ProfileEntry {
  @Matches(MEMBER_ID)
  id!: string;

  @IsProfileField()
  name!: string;

  @IfGiven()
  @IsProfileField()
  avatar?: string;

  @IfGiven()
  @IsProfileField()
  timeZone?: string;

  @IfGiven()
  @IsProfileField()
  locale?: string;
}

/** What members say of themselves. */
export class ProfileMessage {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(BULK_MAX)
  @ValidateNested({ each: true })
  @Type(() => ProfileEntry)
  profiles!: ProfileEntry[];

  @IsInt()
  @Min(0)
  at!: number;
}
