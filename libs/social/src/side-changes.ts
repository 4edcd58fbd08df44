import { ASKED, BLOCKED, BLOCKS, FRIENDS, MUTES, STRANGERS, WAITING, type SideChange } from './side.js';

/** The fields of a friendship message that matter here; see `FriendshipMessage` in contracts. */
export interface FriendshipCommand {
  edges: readonly (readonly [by: string, to: string])[];
  on: boolean;
  mutual: boolean;
}

/** The fields of a block or a mute that matter here; see `PairMessage` in contracts. */
export interface PairCommand {
  by: string;
  to: string;
  on: boolean;
}

/** What a message about members says. Profiles change nobody's side. */
export type SocialCommand =
  | { kind: 'friendship'; message: FriendshipCommand }
  | { kind: 'block' | 'mute'; message: PairCommand }
  | { kind: 'profile' };

/** The changes that a message makes, in order; those of one pair follow one another. */
export function sideChanges(command: SocialCommand): SideChange[] {
  switch (command.kind) {
    case 'friendship':
      return friendship(command.message);
    case 'block':
      return block(command.message);
    case 'mute':
      return [mute(command.message)];
    case 'profile':
      return [];
  }
}

function friendship({ edges, on, mutual }: FriendshipCommand): SideChange[] {
  const changes: SideChange[] = [];
  const clear = on ? STRANGERS : FRIENDS;
  const [bySet, toSet] = !on ? [STRANGERS, STRANGERS] : mutual ? [FRIENDS, FRIENDS] : [ASKED, WAITING];
  for (const [by, to] of edges) {
    changes.push({ member: by, other: to, clear, set: bySet }, { member: to, other: by, clear, set: toSet });
  }
  return changes;
}

/** A block ends the friendship, and what was asked, for both. */
function block({ by, to, on }: PairCommand): SideChange[] {
  if (on) {
    return [
      { member: by, other: to, clear: FRIENDS, set: BLOCKS },
      { member: to, other: by, clear: FRIENDS, set: BLOCKED },
    ];
  }
  return [
    { member: by, other: to, clear: BLOCKS, set: STRANGERS },
    { member: to, other: by, clear: BLOCKED, set: STRANGERS },
  ];
}

function mute({ by, to, on }: PairCommand): SideChange {
  return { member: by, other: to, clear: on ? STRANGERS : MUTES, set: on ? MUTES : STRANGERS };
}
