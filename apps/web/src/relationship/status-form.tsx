import type { RelationshipDraft } from '@groundswell/client';
import type { RelationshipStatus, RelationshipView } from '@groundswell/protocol';
import { useId, useState } from 'react';
import { STATUS_NAMES } from './status-names.js';

interface Props {
  published: RelationshipView;
  busy: boolean;
  onPublish: (draft: RelationshipDraft) => void;
  onWithdraw: () => void;
}

/** The viewer's own status: what it is, and who is told. */
export function StatusForm({ published, busy, onPublish, onWithdraw }: Props) {
  const [value, setValue] = useState<RelationshipStatus>(published.value ?? 'single');
  const [quiet, setQuiet] = useState(false);
  const [day, setDay] = useState(published.settle === 'day');
  const field = useId();
  return (
    <form
      className="status-form"
      onSubmit={(event) => {
        event.preventDefault();
        onPublish({ value, quiet, settle: day ? 'day' : 'usual' });
      }}
    >
      <label htmlFor={field}>Your relationship</label>
      <select
        id={field}
        value={value}
        disabled={busy}
        onChange={(event) => setValue(event.target.value as RelationshipStatus)}
      >
        {Object.entries(STATUS_NAMES).map(([status, name]) => (
          <option key={status} value={status}>
            {name}
          </option>
        ))}
      </select>
      <label className="check">
        <input type="checkbox" checked={quiet} onChange={(event) => setQuiet(event.target.checked)} />
        Quiet change: tell nobody
      </label>
      <label className="check">
        <input type="checkbox" checked={day} disabled={quiet} onChange={(event) => setDay(event.target.checked)} />
        Wait a day before anybody is told
      </label>
      <div className="status-row">
        <button type="submit" className="primary small" disabled={busy}>
          Publish
        </button>
        {published.value !== null && (
          <button type="button" className="link" disabled={busy} onClick={onWithdraw}>
            Take it down
          </button>
        )}
      </div>
      <p className="quiet">
        {published.value === null ? 'You publish nothing.' : `Published: ${STATUS_NAMES[published.value]}.`}
      </p>
    </form>
  );
}
