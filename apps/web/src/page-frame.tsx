import type { ConnectionState } from '@groundswell/client';
import { useState, type ReactNode } from 'react';
import { PageHeader } from './page-header.js';
import type { Session, SignedOutReason } from './session/session.js';
import { isLinkOfLetter } from './side/wanted-part.js';

interface Props {
  title: string;
  /** Absent where nothing is followed live. */
  connection?: ConnectionState | undefined;
  session: Session;
  /** Beside the rest of the page, and on a narrow one above it when asked for; nothing for a guest. */
  people: ReactNode;
  onSignOut: (reason?: SignedOutReason) => void;
  children: ReactNode;
}

/** The header, and below it the page and who is signed in. Links of letters open what they lead to. */
export function PageFrame({ title, connection, session, people, onSignOut, children }: Props) {
  const [peopleOpen, setPeopleOpen] = useState(isLinkOfLetter);
  return (
    <>
      <PageHeader
        title={title}
        connection={connection}
        session={session}
        peopleOpen={peopleOpen}
        onPeople={() => setPeopleOpen(!peopleOpen)}
        onSignOut={() => onSignOut()}
      />
      <div className={peopleOpen ? 'columns people-open' : 'columns'}>
        <main>{children}</main>
        {people}
      </div>
    </>
  );
}
