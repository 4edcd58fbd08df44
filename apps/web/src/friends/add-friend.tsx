import { MEMBER_ID } from '@groundswell/protocol';
import { useId, useState } from 'react';

/** Asks somebody for a friendship by member id. */
export function AddFriend({ onAdd }: { onAdd: (member: string) => void }) {
  const [text, setText] = useState('');
  const field = useId();
  const member = text.trim().replace(/^@/, '');
  const valid = MEMBER_ID.test(member);
  return (
    <form
      className="add-friend"
      onSubmit={(event) => {
        event.preventDefault();
        if (!valid) return;
        onAdd(member);
        setText('');
      }}
    >
      <label htmlFor={field}>Add by member id</label>
      <div className="add-friend-row">
        <input
          id={field}
          value={text}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={member !== '' && !valid}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="primary small" disabled={!valid}>
          Ask
        </button>
      </div>
      {member !== '' && !valid && <p className="fault">Ids have letters, digits, “_” and “-”, at most 64.</p>}
    </form>
  );
}
