import type { Person } from './lists/person.js';

/** So many are drawn at a time: who looks further searches. */
export const DRAWN_MOST = 100;

interface Props {
  legend: string;
  /** Those who are looked for, in order. */
  people: readonly Person[];
  chosen: ReadonlySet<string>;
  /** They are ticked, and stay so. */
  watched: ReadonlySet<string>;
  /** Nobody more can be chosen. */
  full: boolean;
  busy: boolean;
  onTick: (id: string, ticked: boolean) => void;
}

/** One box for each of a list. */
export function PersonBoxes({ legend, people, chosen, watched, full, busy, onTick }: Props) {
  const more = people.length - DRAWN_MOST;
  return (
    <fieldset className="people" disabled={busy}>
      <legend>{legend}</legend>
      <ul>
        {people.slice(0, DRAWN_MOST).map(({ id, name, handle }) => (
          <li key={id}>
            <label className="check">
              <input
                type="checkbox"
                checked={watched.has(id) || chosen.has(id)}
                disabled={watched.has(id) || (full && !chosen.has(id))}
                onChange={(event) => onTick(id, event.target.checked)}
              />
              <span>
                <bdi>{name}</bdi>
                {handle !== undefined && handle !== name && <span className="quiet"> @{handle}</span>}
                {watched.has(id) && <span className="quiet"> watched</span>}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {people.length === 0 && <p className="quiet">Nobody here is called so.</p>}
      {more > 0 && <p className="quiet">and {more.toLocaleString('en')} more: search</p>}
    </fieldset>
  );
}
