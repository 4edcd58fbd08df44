import { createParamDecorator, type CanActivate, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { TokenClaims, type Role } from '@groundswell/contracts';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from './problem-error.js';
import { TokenRefused, type TokenVerifier } from '../tokens.js';

const ROLE = 'groundswell:role';
const MEMBER: readonly Role[] = ['member'];
/** On the request itself: a weak map of requests would be work for the garbage collector. */
const CALLER = Symbol('caller');

type Called = FastifyRequest & { [CALLER]?: TokenClaims };

/** The roles of which a handler needs one; without it, `member`. */
export const Needs = (...roles: Role[]): MethodDecorator & ClassDecorator => SetMetadata(ROLE, roles);

/** A handler that anybody may call. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(ROLE, 'public');

/** A handler that anybody may call, and that gives members more: a token is optional, and checked when there is one. */
export const Open = (): MethodDecorator & ClassDecorator => SetMetadata(ROLE, 'open');

/** Parameter of an `Open` handler: the claims of who calls, if anybody is signed in. */
export const MaybeCaller = createParamDecorator(
  (_: unknown, context: ExecutionContext): TokenClaims | undefined =>
    context.switchToHttp().getRequest<Called>()[CALLER],
);

/** Parameter of a handler: the claims of who calls. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): TokenClaims => {
  const claims = context.switchToHttp().getRequest<Called>()[CALLER];
  if (!claims) throw new TypeError('a public handler has no caller');
  return claims;
});

/** Checks the bearer token and the role of every handler that is not public. */
export class AuthGuard implements CanActivate {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed =
      this.reflector.getAllAndOverride<readonly Role[] | 'public' | 'open'>(ROLE, [
        context.getHandler(),
        context.getClass(),
      ]) ?? MEMBER;
    if (needed === 'public') return true;
    const request = context.switchToHttp().getRequest<Called>();
    if (needed === 'open' && request.headers.authorization === undefined) return true;
    const claims = await bearerClaims(this.verifier, request.headers.authorization);
    if (needed !== 'open') needRole(claims, needed);
    request[CALLER] = claims;
    return true;
  }
}

/** The claims of an `Authorization` header. Rejects with a 401 `ProblemError` that says what is wrong with it. */
export async function bearerClaims(verifier: TokenVerifier, header = ''): Promise<TokenClaims> {
  const token = bearerToken(header);
  if (token === undefined) {
    throw new ProblemError('unauthorized', 'Send "Authorization: Bearer <token>".', {
      headers: { 'WWW-Authenticate': 'Bearer' },
    });
  }
  try {
    return await verifier.verify(token);
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    throw new ProblemError('unauthorized', 'The token is forged, expired or not a token: sign in again.', {
      headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
      cause: error,
    });
  }
}

/** The token of an `Authorization` header; undefined when it is of another form. */
export function bearerToken(header: string): string | undefined {
  return /^Bearer (\S+)$/.exec(header)?.[1];
}

/** Throws a 403 `ProblemError` unless the claims have one of the roles. */
export function needRole({ roles }: TokenClaims, needed: readonly Role[]): void {
  if (needed.some((role) => roles.includes(role))) return;
  throw new ProblemError('forbidden', `This needs a token with the role "${needed.join('" or "')}".`);
}
