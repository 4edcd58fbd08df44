import type { Commands } from '@groundswell/client';
import { ElsewherePanel } from './elsewhere/elsewhere-panel.js';
import { FriendsPanel } from './friends/friends-panel.js';
import { LettersPanel } from './letters/letters-panel.js';
import { RelationshipPanel } from './relationship/relationship-panel.js';

interface Props {
  commands: Commands;
  /** Another number whenever the viewer has muted or blocked somebody elsewhere on the page. */
  revision?: number;
}

/** All that a member has set and is told, with or without an event. Letters lead to parts of it. */
export function People({ commands, revision = 0 }: Props) {
  return (
    <aside id="people" aria-label="People">
      <FriendsPanel commands={commands} revision={revision} />
      <RelationshipPanel commands={commands} />
      <ElsewherePanel commands={commands} />
      <LettersPanel commands={commands} />
    </aside>
  );
}
