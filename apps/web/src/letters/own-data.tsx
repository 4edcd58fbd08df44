import type { PrivateExport } from '@groundswell/protocol';
import { useState } from 'react';
import { messageOf } from '../compose/message-of.js';
import { Question } from '../question.js';

interface Props {
  busy: boolean;
  onExport: () => Promise<PrivateExport>;
  onErase: () => void;
}

/** All that is kept of the viewer’s relationships and letters: to take away, or to erase. */
export function OwnData({ busy, onExport, onErase }: Props) {
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState<string>();
  const download = () => {
    setFault(undefined);
    onExport().then(save, (error: unknown) => setFault(messageOf(error)));
  };
  return (
    <section aria-label="Your data">
      <h3>Your data</h3>
      {fault !== undefined && <p className="fault">{fault}</p>}
      <div className="status-row">
        <button type="button" className="link" onClick={download}>
          Download it
        </button>
        <button type="button" className="link danger" disabled={busy} onClick={() => setAsking(true)}>
          Erase it
        </button>
      </div>
      {asking && (
        <Question
          label="Erase your data"
          words={
            'Erase your relationship status, who may watch it, whom you watch, your address and what you were told? ' +
            'This cannot be undone.'
          }
          yes="Yes, erase it"
          onYes={() => {
            setAsking(false);
            onErase();
          }}
          onNo={() => setAsking(false)}
        />
      )}
    </section>
  );
}

function save(data: PrivateExport): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'groundswell.json';
  link.click();
  URL.revokeObjectURL(url);
}
