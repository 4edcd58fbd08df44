import { AuthGuard, TokenVerifier } from '@groundswell/runtime';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

/** Lets only members in. For single controllers: most of what a node serves is public, and pays for no guard. */
@Injectable()
export class MemberGuard implements CanActivate {
  private readonly guard: AuthGuard;

  constructor(verifier: TokenVerifier, reflector: Reflector) {
    this.guard = new AuthGuard(verifier, reflector);
  }

  canActivate(context: ExecutionContext): Promise<boolean> {
    return this.guard.canActivate(context);
  }
}
