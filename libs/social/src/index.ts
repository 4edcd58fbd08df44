export { sideChanges } from './side-changes.js';
export type { FriendshipCommand, PairCommand, SocialCommand } from './side-changes.js';
export {
  applySide,
  ASKED,
  BLOCKED,
  BLOCKS,
  follows,
  FRIENDS,
  isBarred,
  isFriend,
  MUTES,
  shuns,
  STRANGERS,
  takesAway,
  WAITING,
} from './side.js';
export type { Side, SideChange } from './side.js';
export { ANSWERS, CONSENTS, DEFAULT_CONSENT, isShown, VISIBILITIES } from './watching.js';
export type { Answer, Consent, Showing, Visibility } from './watching.js';
