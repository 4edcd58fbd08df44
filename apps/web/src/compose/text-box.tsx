import { codePoints, TEXT_FAULTS, textFault } from '@groundswell/protocol';
import type { TextFault } from '@groundswell/protocol';
import { useId } from 'react';
import type { KeyboardEvent } from 'react';

interface Props {
  label: string;
  placeholder: string;
  text: string;
  maxChars: number;
  rows: number;
  autoFocus?: boolean;
  onChange: (text: string) => void;
  onSend: () => void;
  onCancel?: () => void;
}

/** Characters left from which the counter is spoken. */
const NEAR = 20;

/** What keeps a text from being posted; an empty one needs no words. */
export function faultToShow(text: string, maxChars: number): Exclude<TextFault, 'empty'> | undefined {
  const fault = textFault(text, maxChars);
  return fault === 'empty' ? undefined : fault;
}

/** A field with a counter of code points. Ctrl+Enter or ⌘+Enter sends, Escape cancels. */
export function TextBox(props: Props) {
  const { label, text, maxChars, rows, onChange, onSend, onCancel } = props;
  const note = useId();
  const left = maxChars - codePoints(text);
  const fault = faultToShow(text, maxChars);
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSend();
    }
    if (event.key === 'Escape') onCancel?.();
  };
  return (
    <div className="text-box">
      <textarea
        aria-label={label}
        aria-describedby={note}
        aria-invalid={fault !== undefined}
        placeholder={props.placeholder}
        value={text}
        rows={rows}
        dir="auto"
        autoFocus={props.autoFocus ?? false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={keys}
      />
      <p id={note} className={left < 0 ? 'counter fault' : 'counter'} aria-live={left <= NEAR ? 'polite' : 'off'}>
        {fault && <span className="fault">{TEXT_FAULTS[fault]}</span>}
        <span aria-label={`${left} characters left`}>{left}</span>
      </p>
    </div>
  );
}
