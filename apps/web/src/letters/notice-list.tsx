import type { NoticeView, RelationshipStatus } from '@groundswell/protocol';
import { useEffect, useRef } from 'react';
import { STATUS_NAMES } from '../relationship/status-names.js';

interface Props {
  /** Newest first. */
  notices: readonly NoticeView[];
}

/** What the viewer was told, and why. The one that the address of the page names is open. */
export function NoticeList({ notices }: Props) {
  const wanted = new URLSearchParams(window.location.search).get('notice');
  const open = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    // Newer browsers give a promise, which an effect must not return.
    open.current?.scrollIntoView({ block: 'center' });
  }, []);
  if (notices.length === 0) return <p className="quiet">You were told nothing yet.</p>;
  return (
    <section aria-label="What you were told">
      <h3>What you were told</h3>
      <ul className="notices">
        {notices.map((notice) => (
          <li key={notice.id}>
            <details open={notice.id === wanted} ref={notice.id === wanted ? open : null}>
              <summary>
                {notice.subject.name}: {nameOf(notice.from)} → {nameOf(notice.to)}
              </summary>
              <Why notice={notice} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Why({ notice: { subject, from, to, seenAt, confirmedAt, mailedAt } }: { notice: NoticeView }) {
  return (
    <dl className="why">
      <dt>Why you got this</dt>
      <dd>You watch {subject.name}, who lets you.</dd>
      <dt>First seen</dt>
      <dd>
        {at(seenAt)}: {nameOf(to)}, no longer {nameOf(from)}
      </dd>
      {confirmedAt > seenAt && (
        <>
          <dt>Seen again</dt>
          <dd>
            {at(confirmedAt)}: still {nameOf(to)}
          </dd>
        </>
      )}
      <dt>Written to you</dt>
      <dd>{at(mailedAt)}</dd>
    </dl>
  );
}

function at(ms: number): string {
  return new Date(ms).toLocaleString();
}

/** Other networks have words of their own. */
function nameOf(value: string): string {
  return STATUS_NAMES[value as RelationshipStatus] ?? value.replaceAll('_', ' ');
}
