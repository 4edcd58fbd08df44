import 'reflect-metadata';
import { EVENT_ID, type EventView } from '@groundswell/protocol';
import { IsIn, IsInt, IsString, Length, Matches, Min } from 'class-validator';

/** Value of a key in the `events` bucket. */
export class EventRecord implements EventView {
  @Matches(EVENT_ID)
  id!: string;

  @IsString()
  @Length(1, 200)
  title!: string;

  @IsIn(['live', 'ended'])
  state!: 'live' | 'ended';

  @IsInt()
  @Min(0)
  createdAt!: number;
}
