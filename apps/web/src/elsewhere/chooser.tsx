import type { RemoteNetwork } from '@groundswell/protocol';
import { useEffect, useId, useRef, useState } from 'react';
import { ListTokenForm } from './list-token-form.js';
import { LIST_READERS } from './lists/list-readers.js';
import { NETWORK_NAMES } from './networks.js';
import { PersonPicker } from './person-picker.js';
import type { Lists, ListState } from './use-lists.js';

interface Props {
  network: RemoteNetwork;
  /** Who the viewer is there. */
  account: string;
  lists: Lists;
  watched: ReadonlySet<string>;
  left: number;
  most: number;
  busy: boolean;
  onWatch: (subjects: readonly string[]) => Promise<void>;
}

/** Takes the viewer's list of one network when they want to choose from it. Who has just connected wants to. */
export function Chooser({ network, account, lists, watched, left, most, busy, onWatch }: Props) {
  const [wanted, setWanted] = useState<boolean>();
  const section = useRef<HTMLElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const heading = useId();
  useEffect(() => {
    // What was pressed is gone: the focus goes to what came in its place.
    if (wanted === true) section.current?.focus();
    if (wanted === false) button.current?.focus();
  }, [wanted]);
  const { provider } = network;
  const name = NETWORK_NAMES[provider];
  const { listNeedsToken } = LIST_READERS[provider];
  const kept = lists.of(provider);
  const list = kept?.account === account ? kept : undefined;
  const read = (token?: string) => lists.take({ network, account, ...(token === undefined ? {} : { token }) });

  if (!(wanted ?? list !== undefined)) {
    return (
      <button
        ref={button}
        type="button"
        className="small choose"
        onClick={() => {
          setWanted(true);
          if (!list && !listNeedsToken) read();
        }}
      >
        Choose whom to watch on {name}
      </button>
    );
  }
  const close = () => {
    setWanted(false);
    if (list?.t !== 'taken') lists.forget(provider);
  };
  return (
    <section ref={section} tabIndex={-1} className="chooser" aria-labelledby={heading}>
      <h3 id={heading}>Choose whom to watch on {name}</h3>
      {list && <Progress list={list} />}
      {list?.t === 'taken' && (
        <PersonPicker
          provider={provider}
          people={list.people}
          watched={watched}
          left={left}
          most={most}
          busy={busy}
          onWatch={onWatch}
        />
      )}
      {list?.t === 'failed' && !listNeedsToken && (
        <button type="button" className="small choose" onClick={() => read()}>
          Read my list again
        </button>
      )}
      {(!list || list.t === 'failed') && listNeedsToken && <ListTokenForm network={name} onGive={read} />}
      <button type="button" className="link choose" aria-label={`Close the list of ${name}`} onClick={close}>
        {list?.t === 'taking' ? 'Cancel' : 'Close'}
      </button>
    </section>
  );
}

function Progress({ list }: { list: ListState }) {
  switch (list.t) {
    case 'taking':
      return (
        <p className="quiet" role="status">
          Your browser reads your list: {list.count.toLocaleString('en')} so far
        </p>
      );
    case 'failed':
      return (
        <p className="fault" role="alert">
          {list.fault}
        </p>
      );
    case 'taken':
      return list.cut ? (
        <p className="quiet">Only the first {list.people.length.toLocaleString('en')} of your list are here.</p>
      ) : null;
    default:
      return list satisfies never;
  }
}
