import { textFault } from '@groundswell/protocol';
import type { Audience } from '@groundswell/protocol';
import { useState } from 'react';
import { useActions } from '../feed/feed-actions.js';
import { TextBox } from './text-box.js';

const AUDIENCES: { value: Audience; label: string }[] = [
  { value: 'everyone', label: 'Everyone' },
  { value: 'friends', label: 'Friends only' },
];

/** Where a status is written. It is on the page the moment it is sent. */
export function Composer() {
  const { outbox, maxChars } = useActions();
  const [text, setText] = useState('');
  const [audience, setAudience] = useState<Audience>('everyone');
  const ready = textFault(text, maxChars) === undefined;
  const send = () => {
    if (!ready) return;
    outbox.status(text, audience);
    setText('');
    window.scrollTo({ top: 0 });
  };
  return (
    <form
      className="card composer"
      aria-label="New status"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextBox
        label="Your status"
        placeholder="What do you think?"
        text={text}
        maxChars={maxChars}
        rows={2}
        onChange={setText}
        onSend={send}
      />
      <div className="composer-foot">
        <fieldset className="switch">
          <legend className="hidden">Who can see it</legend>
          {AUDIENCES.map(({ value, label }) => (
            <label key={value} className="switch-choice">
              <input
                type="radio"
                name="audience"
                value={value}
                checked={audience === value}
                onChange={() => setAudience(value)}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <button type="submit" className="primary" disabled={!ready}>
          Post
        </button>
      </div>
    </form>
  );
}
