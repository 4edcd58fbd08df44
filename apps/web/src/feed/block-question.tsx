import { useEffect, useId, useRef } from 'react';

interface Props {
  name: string;
  onYes: () => void;
  onNo: () => void;
}

/** Asks once, in place, and says what a block does. What changes nothing has the focus. */
export function BlockQuestion({ name, onYes, onNo }: Props) {
  const words = useId();
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  return (
    <div
      role="alertdialog"
      aria-label={`Block ${name}`}
      aria-describedby={words}
      className="block-question"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onNo();
      }}
    >
      <p id={words}>
        Block {name}? Neither of you is shown what the other writes, and you are no longer friends. You can unblock them
        under People; that does not bring a friendship back.
      </p>
      <span className="confirm">
        <button type="button" className="link danger" onClick={onYes}>
          Yes, block
        </button>
        <button ref={no} type="button" className="link" onClick={onNo}>
          Cancel
        </button>
      </span>
    </div>
  );
}
