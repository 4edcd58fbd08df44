import { useState } from 'react';
import { messageOf } from '../compose/message-of.js';
import { useActions } from './feed-actions.js';

/**
 * Likes a status, or takes it back. The stream tells how many like it, not who: a page knows only of presses of its own,
 * and shows them at once.
 */
export function LikeButton({ of, likes }: { of: string; likes: number }) {
  const { viewer, like } = useActions();
  const [mine, setMine] = useState(false);
  const [fault, setFault] = useState<string>();
  // Counts come seconds later: until then one's own press is not among them.
  const shown = Math.max(likes, mine ? 1 : 0);
  const press = () => {
    setMine(!mine);
    setFault(undefined);
    like(of, !mine).catch((error: unknown) => {
      setMine(mine);
      setFault(messageOf(error));
    });
  };
  const label = `♥ ${shown}`;
  if (viewer === undefined) return shown > 0 ? <span className="quiet">{label}</span> : null;
  return (
    <>
      <button type="button" className="link" aria-pressed={mine} aria-label={mine ? 'Unlike' : 'Like'} onClick={press}>
        {shown > 0 ? label : '♡ Like'}
      </button>
      {fault !== undefined && (
        <span className="fault" role="alert">
          {fault}
        </span>
      )}
    </>
  );
}
