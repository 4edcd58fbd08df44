import { paths } from '@groundswell/protocol';
import type {
  BlocksView,
  FriendsView,
  MemberView,
  MutesView,
  ProfileBody,
  ProfileView,
  SocialAcceptedBody,
} from '@groundswell/protocol';

/** What the signed-in member is to others, and what they say of themselves. */
export interface PeopleCommands {
  /** Asks for a friendship, or accepts one that was asked for. */
  befriend(member: string): Promise<SocialAcceptedBody>;
  /** Accepts and never asks: refused with `not_asked` when the request was taken back in the meantime. */
  accept(member: string): Promise<SocialAcceptedBody>;
  /** Ends a friendship, refuses a request or takes one's own back. */
  unfriend(member: string): Promise<SocialAcceptedBody>;
  friends(): Promise<FriendsView>;
  /** Works in both directions, and ends a friendship between the two. */
  block(member: string): Promise<SocialAcceptedBody>;
  unblock(member: string): Promise<SocialAcceptedBody>;
  blocks(): Promise<BlocksView>;
  /** Hides what a member writes, from the caller only; the member does not learn of it. */
  mute(member: string): Promise<SocialAcceptedBody>;
  unmute(member: string): Promise<SocialAcceptedBody>;
  mutes(): Promise<MutesView>;
  profile(): Promise<ProfileView>;
  /** Replaces the whole profile: what is left out is gone. */
  putProfile(profile: ProfileBody): Promise<SocialAcceptedBody>;
  /** What everybody may know of a member; needs no token. */
  member(member: string): Promise<MemberView>;
}

/** How commands reach the server; `write` adds the Idempotency-Key. */
export interface Wire {
  read: (path: string) => Promise<unknown>;
  write: (method: 'PUT' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>;
}

export function peopleCommands({ read, write }: Wire): PeopleCommands {
  const say = (method: 'PUT' | 'POST' | 'DELETE', path: string, body?: object) =>
    write(method, path, body) as Promise<SocialAcceptedBody>;
  return {
    befriend: (member) => say('PUT', paths.friend(member)),
    accept: (member) => say('POST', paths.acceptance(member)),
    unfriend: (member) => say('DELETE', paths.friend(member)),
    friends: () => read(paths.friends()) as Promise<FriendsView>,
    block: (member) => say('PUT', paths.block(member)),
    unblock: (member) => say('DELETE', paths.block(member)),
    blocks: () => read(paths.blocks()) as Promise<BlocksView>,
    mute: (member) => say('PUT', paths.mute(member)),
    unmute: (member) => say('DELETE', paths.mute(member)),
    mutes: () => read(paths.mutes()) as Promise<MutesView>,
    profile: () => read(paths.profile()) as Promise<ProfileView>,
    putProfile: (profile) => say('PUT', paths.profile(), profile),
    member: (member) => read(paths.member(member)) as Promise<MemberView>,
  };
}
