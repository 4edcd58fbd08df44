/** Bodies of HTTP commands. */
import 'reflect-metadata';
import {
  ACCOUNT_TOKEN,
  ADDRESS_MAX,
  CHOSEN_MAX,
  EVENT_ID,
  ITEM_ID,
  RELATIONSHIP_STATUSES,
  type Audience,
  type RelationshipStatus,
  type WatchConsent,
  type WatchDelay,
} from '@groundswell/protocol';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from './if-given.js';
import { IsPostable } from './is-postable.js';
import { IsProfileField } from './is-profile-field.js';

/** `POST /v1/events` */
export class CreateEventCommand {
  @Matches(EVENT_ID, { message: 'id must be lower-case letters, digits and hyphens, at most 63' })
  id!: string;

  @IsString()
  @Length(1, 200)
  title!: string;
}

/** `PATCH /v1/events/{e}`: an event goes off air; it cannot come back. */
export class EndEventCommand {
  @IsIn(['ended'])
  state!: 'ended';
}

/** `POST /v1/events/{e}/statuses` */
export class PostStatusCommand {
  @IsPostable()
  text!: string;

  @IfGiven()
  @IsIn(['everyone', 'friends'])
  audience?: Audience;
}

/** `POST /v1/events/{e}/statuses/{id}/comments` */
export class PostCommentCommand {
  @IsPostable()
  text!: string;

  @IfGiven()
  @Matches(ITEM_ID, { message: 'inReplyTo must be the id of a comment' })
  inReplyTo?: string;
}

/** `PUT /v1/profile` */
export class PutProfileCommand {
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

/** `PUT /v1/relationship` */
export class PutRelationshipCommand {
  @IsIn(RELATIONSHIP_STATUSES)
  value!: RelationshipStatus;

  /** Default: friends who may watch. */
  @IfGiven()
  @IsIn(['friends', 'nobody'])
  visibility?: 'friends' | 'nobody';

  /** Nobody is told of it. */
  @IfGiven()
  @IsBoolean()
  quiet?: boolean;

  /** How long it is to stand before anybody is told; default: ten minutes. */
  @IfGiven()
  @IsIn(['usual', 'day'])
  settle?: 'usual' | 'day';
}

/** `PUT /v1/relationship/consent` */
export class PutConsentCommand {
  @IsIn(['off', 'ask', 'mutuals'])
  mode!: WatchConsent;
}

/** `PUT /v1/watches/{id}/delay` */
export class PutWatchDelayCommand {
  @IsIn(['none', 'hour', 'day'])
  delay!: WatchDelay;
}

/** `PUT /v1/accounts/{provider}` */
export class PutAccountCommand {
  @IsString()
  @Length(1, 256)
  account!: string;

  @IfGiven()
  @Matches(ACCOUNT_TOKEN, { message: 'token must be 1 to 4096 visible ASCII characters, without blanks' })
  token?: string;
}

/** `POST /v1/watches/{provider}` */
export class PostChosenCommand {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(CHOSEN_MAX)
  @ArrayUnique()
  @IsString({ each: true })
  subjects!: string[];
}

/** `PUT /v1/mail/address` */
export class PutAddressCommand {
  @MaxLength(ADDRESS_MAX)
  @IsEmail({}, { message: 'address must be one mail address, such as ada@example.org' })
  address!: string;
}

/** From one hour to the other. */
export class QuietHoursField {
  @IsInt()
  @Min(0)
  @Max(23)
  from!: number;

  @IsInt()
  @Min(0)
  @Max(23)
  to!: number;
}

/** `PUT /v1/mail/letters` */
export class PutLettersCommand {
  @IsIn(['daily', 'soon', 'never'])
  rhythm!: 'daily' | 'soon' | 'never';

  @IsProfileField()
  timeZone!: string;

  /** Of the daily letter. */
  @IsInt()
  @Min(0)
  @Max(23)
  hour!: number;

  @IsObject()
  @ValidateNested()
  @Type(() => QuietHoursField)
  quiet!: QuietHoursField;
}
