import type { MemberView } from '@groundswell/protocol';
import { Public } from '@groundswell/runtime';
import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Profiles } from '../read/profiles.js';
import { MemberParameter } from './parameters.js';

/** The same for everybody, so caches may keep it; a new name or picture shows after that time. */
const SHARED = 'public, max-age=60';

/** What everybody may know of a member. */
@Public()
@Controller('/v1/members')
export class MembersController {
  constructor(private readonly profiles: Profiles) {}

  @Get('/:member')
  async member(
    @Param('member', MemberParameter) member: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MemberView> {
    const view = await this.profiles.of(member);
    void reply.header('Cache-Control', SHARED);
    return view;
  }
}
