import { IsString, Length } from 'class-validator';

/** Body of an order: why it is given, for those who find it later. */
export class OrderCommand {
  @IsString()
  @Length(1, 500)
  why!: string;
}
