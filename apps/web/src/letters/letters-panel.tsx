import type { Commands } from '@groundswell/client';
import type { MailView, NoticeView } from '@groundswell/protocol';
import { useCallback } from 'react';
import { SidePanel } from '../side/side-panel.js';
import { useSide } from '../side/use-side.js';
import { AddressForm } from './address-form.js';
import { NoticeList } from './notice-list.js';
import { OwnData } from './own-data.js';
import { RhythmForm } from './rhythm-form.js';

interface Props {
  commands: Commands;
}

type LettersSide = MailView & { notices: NoticeView[] };

/** Where and when the viewer is written to, what was told, and what is kept. */
export function LettersPanel({ commands }: Props) {
  const { state, change } = useSide<LettersSide>(useCallback(() => read(commands), [commands]));
  return (
    <SidePanel title="Letters" part="mail" state={state}>
      {({ address, letters, notices }, busy) => (
        <>
          <AddressForm
            key={address?.address}
            address={address}
            busy={busy}
            onGive={(given) => change(() => commands.putAddress(given))}
            onRemove={() => change(() => commands.removeAddress())}
          />
          <RhythmForm
            key={JSON.stringify(letters)}
            letters={letters}
            busy={busy}
            onChoose={(settings) => change(() => commands.putLetters(settings))}
          />
          <NoticeList notices={notices} />
          <OwnData
            busy={busy}
            onExport={() => commands.exportPrivate()}
            onErase={() => change(() => commands.erasePrivate())}
          />
        </>
      )}
    </SidePanel>
  );
}

async function read(commands: Commands): Promise<LettersSide> {
  const [mail, notices] = await Promise.all([commands.mail(), commands.notices()]);
  return { ...mail, ...notices };
}
