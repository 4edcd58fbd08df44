import { MEMBER_ID } from '@groundswell/protocol';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsString, Length, Matches, Min } from 'class-validator';

/** `load` lifts the limits per member and nothing else. */
export const ROLES = ['member', 'operator', 'import', 'load'] as const;
export type Role = (typeof ROLES)[number];

/** Issuer and audience that tokens must name. */
export const TOKEN_ISSUER = 'groundswell';
export const TOKEN_AUDIENCE = 'groundswell';

/** Payload of a token (JWT, ES256). */
export class TokenClaims {
  /** Member id. */
  @Matches(MEMBER_ID)
  sub!: string;

  /** Display name. */
  @IsString()
  @Length(1, 120)
  name!: string;

  @IsArray()
  @ArrayMaxSize(ROLES.length)
  @IsIn(ROLES, { each: true })
  roles!: Role[];

  /** Expiry, Unix seconds. */
  @IsInt()
  @Min(0)
  exp!: number;
}
