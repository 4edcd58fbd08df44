import { useEffect, useId, useRef } from 'react';

interface Props {
  /** What would be done, for who cannot see the rest. */
  label: string;
  words: string;
  yes: string;
  onYes: () => void;
  onNo: () => void;
}

/** Asks once, in place, and says what would happen. What changes nothing has the focus. */
export function Question({ label, words, yes, onYes, onNo }: Props) {
  const text = useId();
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  return (
    <div
      role="alertdialog"
      aria-label={label}
      aria-describedby={text}
      className="question"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onNo();
      }}
    >
      <p id={text}>{words}</p>
      <span className="confirm">
        <button type="button" className="link danger" onClick={onYes}>
          {yes}
        </button>
        <button ref={no} type="button" className="link" onClick={onNo}>
          Cancel
        </button>
      </span>
    </div>
  );
}
