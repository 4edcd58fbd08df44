import { CHOSEN_MAX, type RemoteProvider } from '@groundswell/protocol';
import { useId, useMemo, useState } from 'react';
import { searchable } from './find-people.js';
import type { Person } from './lists/person.js';
import { NETWORK_NAMES } from './networks.js';
import { PersonBoxes } from './person-boxes.js';
import { refusalWords, unknownOf } from './refusal-words.js';
import { roomWords } from './room-words.js';
import { useAttempt } from './use-attempt.js';

interface Props {
  provider: RemoteProvider;
  people: readonly Person[];
  /** Ids of those whom the viewer watches there. */
  watched: ReadonlySet<string>;
  left: number;
  most: number;
  busy: boolean;
  onWatch: (subjects: readonly string[]) => Promise<void>;
}

/** A list of another network, to choose from whom to watch. Only the chosen ids leave the browser. */
export function PersonPicker({ provider, people, watched, left, most, busy: waiting, onWatch }: Props) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState('');
  const { busy: sending, fault, start } = useAttempt();
  const search = useId();
  const find = useMemo(() => searchable(people), [people]);
  const found = useMemo(() => find(wanted), [find, wanted]);
  const chosen = people.filter(({ id }) => ticked.has(id) && !watched.has(id));
  const room = Math.min(left, CHOSEN_MAX) - chosen.length;
  const busy = waiting || sending;

  const untick = (gone: readonly Person[]) =>
    setTicked((was) => new Set([...was].filter((id) => !gone.some((one) => one.id === id))));
  const watch = () =>
    start(
      () => onWatch(chosen.map(({ id }) => id)),
      (error) => {
        untick(unknownOf(error, chosen));
        return refusalWords(error, provider, chosen);
      },
    );

  return (
    <form
      className="status-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.length > 0) watch();
      }}
    >
      <label htmlFor={search}>Search {people.length.toLocaleString('en')} people</label>
      <input
        id={search}
        type="search"
        autoComplete="off"
        spellCheck={false}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
        onKeyDown={(event) => {
          // Who looks for a name has not chosen yet.
          if (event.key === 'Enter') event.preventDefault();
        }}
      />
      <PersonBoxes
        legend={`People on ${NETWORK_NAMES[provider]}`}
        people={found}
        chosen={ticked}
        watched={watched}
        full={room <= 0}
        busy={busy}
        onTick={(id, on) => {
          const others = [...ticked].filter((one) => one !== id);
          setTicked(new Set(on ? [...others, id] : others));
        }}
      />
      {chosen.length > 0 && <p className="quiet">Chosen: {chosen.map(({ name }) => name).join(', ')}</p>}
      <p className="quiet" role="status">
        {roomWords({ room, left, most })}
      </p>
      <div className="status-row">
        <button type="submit" className="primary small" disabled={busy || chosen.length === 0 || room < 0}>
          {watchWords(chosen.length)}
        </button>
      </div>
      {fault !== undefined && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  );
}

function watchWords(count: number): string {
  if (count === 0) return 'Watch';
  return count === 1 ? 'Watch 1 account' : `Watch ${count} accounts`;
}
