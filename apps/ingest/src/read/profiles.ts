import type { TokenClaims } from '@groundswell/contracts';
import type { MemberView, ProfileView } from '@groundswell/protocol';
import { ProblemError } from '@groundswell/runtime';
import type { StoredProfile } from '@groundswell/store';
import { upToDate } from '../write/up-to-date.js';

export interface ProfilesOptions {
  profile: (member: string) => Promise<StoredProfile>;
  /** Last position of SOCIAL. */
  endOfSocial: () => Promise<number>;
}

/** What members say of themselves: all of it to themselves, name and avatar to everybody. */
export class Profiles {
  constructor(private readonly o: ProfilesOptions) {}

  /** The caller's own, as of now; the name in the token until there is one. */
  async own({ sub, name }: TokenClaims): Promise<ProfileView> {
    const { profile } = await upToDate({ read: () => this.o.profile(sub), end: this.o.endOfSocial });
    return { id: sub, ...(profile ?? { name }) };
  }

  /** The public part of a member's; throws `unknown_member`. */
  async of(member: string): Promise<MemberView> {
    const { profile } = await upToDate({
      read: () => this.o.profile(member),
      end: this.o.endOfSocial,
      suffices: (seen) => seen.profile !== undefined,
    });
    if (!profile) throw new ProblemError('unknown_member', 'Nobody with this id has a profile.');
    const { name, avatar } = profile;
    return { id: member, name, ...(avatar === undefined ? {} : { avatar }) };
  }
}
