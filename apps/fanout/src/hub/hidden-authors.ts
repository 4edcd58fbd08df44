import type { FriendsHide } from '@groundswell/protocol';
import { createHash } from 'node:crypto';
import type { LeafIndex } from '../graph/leaf-index.js';
import type { Inbox } from './inbox.js';

/** 72 bits: no two lists of a viewer have the same version. */
const VERSION_BYTES = 9;

/** W9: whom the device of a viewer hides, sorted. */
export function hiddenAuthors(index: LeafIndex, member: string): string[] {
  return index.shunnedBy(member).sort();
}

/**
 * The list for a viewer who polls, when it is not of the version that they hold. Otherwise this is a comparison of two
 * strings: the version is kept in the inbox until the list changes.
 */
export function hideUnless(held: string, index: LeafIndex, inbox: Inbox): FriendsHide | undefined {
  if (inbox.hideVersion === held) return undefined;
  const authors = hiddenAuthors(index, inbox.member);
  const version = versionOf(authors);
  inbox.hideVersion = version;
  return version === held ? undefined : { version, authors };
}

/** The same on every node, so that a viewer whom another one answers next is not told the same list again. */
function versionOf(authors: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(authors)).digest();
  return digest.subarray(0, VERSION_BYTES).toString('base64url');
}
