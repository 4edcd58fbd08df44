import type { Author } from '@groundswell/protocol';
import { useRef, useState } from 'react';
import { messageOf } from '../compose/message-of.js';
import { BlockQuestion } from './block-question.js';
import { useActions } from './feed-actions.js';
import { MenuButton } from './menu-button.js';

type State =
  | { t: 'idle' }
  | { t: 'asking' }
  | { t: 'busy'; words: string }
  | { t: 'done'; words: string }
  | { t: 'failed'; message: string };

/**
 * Mutes or blocks who wrote something; nothing for guests and for one's own. What the author wrote leaves the page when
 * the server says so.
 */
export function AuthorMenu({ author }: { author: Author }) {
  const { viewer, mute, block } = useActions();
  const [state, setState] = useState<State>({ t: 'idle' });
  const button = useRef<HTMLButtonElement>(null);
  if (viewer === undefined || viewer === author.id) return null;

  const run = (command: (member: string) => Promise<void>, busy: string, done: string) => {
    setState({ t: 'busy', words: busy });
    command(author.id).then(
      () => setState({ t: 'done', words: done }),
      (error: unknown) => setState({ t: 'failed', message: messageOf(error) }),
    );
  };
  const answer = (yes: boolean) => {
    button.current?.focus();
    if (yes) run(block, 'Blocking…', 'Blocked');
    else setState({ t: 'idle' });
  };
  const items = [
    { label: `Mute ${author.name}`, run: () => run(mute, 'Muting…', 'Muted') },
    { label: `Block ${author.name}`, run: () => setState({ t: 'asking' }), danger: true },
  ];
  return (
    <>
      {(state.t === 'busy' || state.t === 'done') && (
        <span className="quiet" role="status">
          {state.words}
        </span>
      )}
      <MenuButton label={`More about ${author.name}`} items={items} button={button} />
      {state.t === 'asking' && (
        <BlockQuestion name={author.name} onYes={() => answer(true)} onNo={() => answer(false)} />
      )}
      {state.t === 'failed' && (
        <span className="fault" role="alert">
          {state.message}
        </span>
      )}
    </>
  );
}
