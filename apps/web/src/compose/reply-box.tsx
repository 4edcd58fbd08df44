import { textFault } from '@groundswell/protocol';
import { useState } from 'react';
import { useActions } from '../feed/feed-actions.js';
import { TextBox } from './text-box.js';

interface Props {
  /** Name of whose comment is answered; undefined for the story itself. */
  to: string | undefined;
  onSend: (text: string) => void;
  onCancel: () => void;
}

export function ReplyBox({ to, onSend, onCancel }: Props) {
  const { maxChars } = useActions();
  const [text, setText] = useState('');
  const ready = textFault(text, maxChars) === undefined;
  const send = () => {
    if (ready) onSend(text);
  };
  return (
    <form
      className="reply"
      aria-label="New comment"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextBox
        label={to === undefined ? 'Your comment' : `Your reply to ${to}`}
        placeholder={to === undefined ? 'Write a comment' : `Reply to ${to}`}
        text={text}
        maxChars={maxChars}
        rows={1}
        autoFocus
        onChange={setText}
        onSend={send}
        onCancel={onCancel}
      />
      <div className="reply-foot">
        <button type="button" className="link" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="primary small" disabled={!ready}>
          Comment
        </button>
      </div>
    </form>
  );
}
