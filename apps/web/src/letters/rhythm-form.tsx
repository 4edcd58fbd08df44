import type { LetterSettings } from '@groundswell/protocol';
import { useId, useState } from 'react';

interface Props {
  letters: LetterSettings;
  busy: boolean;
  onChoose: (letters: LetterSettings) => void;
}

const RHYTHMS: Readonly<Record<LetterSettings['rhythm'], string>> = {
  daily: 'Once a day',
  soon: 'Soon after it is certain',
  never: 'Never',
};

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** When letters come. The hours are those of where the viewer is now. */
export function RhythmForm({ letters, busy, onChoose }: Props) {
  const [rhythm, setRhythm] = useState(letters.rhythm);
  const [hour, setHour] = useState(letters.hour);
  const [from, setFrom] = useState(letters.quiet.from);
  const [to, setTo] = useState(letters.quiet.to);
  const field = useId();
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return (
    <form
      className="status-form"
      onSubmit={(event) => {
        event.preventDefault();
        onChoose({ rhythm, timeZone, hour, quiet: { from, to } });
      }}
    >
      <label htmlFor={field}>When letters come</label>
      <select
        id={field}
        value={rhythm}
        disabled={busy}
        onChange={(event) => setRhythm(event.target.value as LetterSettings['rhythm'])}
      >
        {Object.entries(RHYTHMS).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      {rhythm === 'daily' && <Hour label="At" value={hour} busy={busy} onChoose={setHour} />}
      {rhythm === 'soon' && <Hour label="Other networks at" value={hour} busy={busy} onChoose={setHour} />}
      {rhythm !== 'never' && (
        <div className="hours">
          <Hour label="Nothing from" value={from} busy={busy} onChoose={setFrom} />
          <Hour label="to" value={to} busy={busy} onChoose={setTo} />
          {from === to && <p className="quiet">They may come at any hour.</p>}
        </div>
      )}
      <div className="status-row">
        <button type="submit" className="primary small" disabled={busy}>
          Set
        </button>
        <span className="quiet">{letters.timeZone === timeZone ? timeZone : `Set for ${letters.timeZone}`}</span>
      </div>
    </form>
  );
}

interface HourProps {
  label: string;
  value: number;
  busy: boolean;
  onChoose: (hour: number) => void;
}

function Hour({ label, value, busy, onChoose }: HourProps) {
  const field = useId();
  return (
    <span className="hour">
      <label htmlFor={field}>{label}</label>
      <select id={field} value={value} disabled={busy} onChange={(event) => onChoose(Number(event.target.value))}>
        {HOURS.map((hour) => (
          <option key={hour} value={hour}>
            {`${String(hour).padStart(2, '0')}:00`}
          </option>
        ))}
      </select>
    </span>
  );
}
