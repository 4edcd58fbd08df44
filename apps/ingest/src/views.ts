import { isFriend } from '@groundswell/social';
import { streamInfo, type Bus } from '@groundswell/bus';
import { EVENTS, SOCIAL } from '@groundswell/contracts';
import { systemClock } from '@groundswell/runtime';
import {
  listedComments,
  listedStatuses,
  profileNames,
  readCounts,
  readBarred,
  readGraph,
  readItem,
  readMailSides,
  readMemberSide,
  readProfile,
  type MailSide,
  type MemberSide,
  type Store,
} from '@groundswell/store';
import type { HistoryOptions } from './read/history.js';
import type { MemberListsOptions } from './read/member-lists.js';
import { PastEnd } from './read/past-end.js';
import type { ProfilesOptions } from './read/profiles.js';
import type { ItemsOptions } from './write/items.js';
import { upToDate } from './write/up-to-date.js';
import { viewBehind } from './write/view-behind.js';

/** Blocks may be this late for those who comment: a view that is being rebuilt is later. */
const BARS_LATE_MS = 5_000;

/** What is asked of the views. A view that cannot be reached counts as one that is behind. */
export function views(
  bus: Bus,
  store: Store,
): ItemsOptions &
  MemberListsOptions &
  HistoryOptions &
  ProfilesOptions & {
    side: (member: string) => Promise<MemberSide>;
    mailSide: (member: string) => Promise<MailSide>;
  } {
  const endOf = (stream: string) => async () => (await orBehind(streamInfo(bus, stream))).lastSeq;
  const graph = (member: string) =>
    upToDate({ read: () => orBehind(readGraph(store, member)), end: endOf(SOCIAL.name) });
  const socialBefore = new PastEnd({ end: endOf(SOCIAL.name), clock: systemClock, ageMs: BARS_LATE_MS });
  const bars = (member: string) =>
    upToDate({
      read: () => orBehind(readBarred(store, member)),
      end: () => socialBefore.get(),
    });
  return {
    item: (event, id) => orBehind(readItem(store, event, id)),
    listed: (event, part, page) => orBehind(listedStatuses(store, event, part, page)),
    comments: (event, story, page) => orBehind(listedComments(store, event, story, page)),
    counts: (stories) => orBehind(readCounts(store, stories)),
    profile: (member) => orBehind(readProfile(store, member)),
    endOfEvents: endOf(EVENTS.name),
    endOfSocial: endOf(SOCIAL.name),
    friends: async (member) => [...(await graph(member)).sides].flatMap(([id, side]) => (isFriend(side) ? id : [])),
    sides: async (member) => (await graph(member)).sides,
    barred: async (member) => (await bars(member)).barred,
    graph,
    side: (member) => upToDate({ read: () => orBehind(readMemberSide(store, member)), end: endOf(SOCIAL.name) }),
    mailSide: (member) =>
      upToDate({
        read: async () => (await orBehind(readMailSides(store, [member])))[0]!,
        end: endOf(SOCIAL.name),
      }),
    names: (members) => orBehind(profileNames(store, members)),
  };
}

async function orBehind<T>(ask: Promise<T>): Promise<T> {
  return ask.catch((error: unknown) => {
    throw viewBehind(error);
  });
}
