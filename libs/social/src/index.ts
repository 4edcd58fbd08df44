export { applySide, ASKED, FRIENDS, sideChanges, STRANGERS, WAITING } from './friendship.js';
export type { FriendshipCommand, Side, SideChange } from './friendship.js';
