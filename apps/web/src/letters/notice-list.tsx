import type { NoticeView } from '@groundswell/protocol';
import { useLeadTo } from '../side/use-lead-to.js';
import { noticeWords } from './notice-words.js';

interface Props {
  /** Newest first. */
  notices: readonly NoticeView[];
}

/** What the viewer was told, and why. The one that the address of the page names is open. */
export function NoticeList({ notices }: Props) {
  const wanted = new URLSearchParams(window.location.search).get('notice');
  const isHere = notices.some(({ id }) => id === wanted);
  const summary = useLeadTo<HTMLElement>(isHere);
  const missing = useLeadTo<HTMLParagraphElement>(wanted !== null && !isHere);
  const gone = wanted !== null && !isHere && (
    <p ref={missing} tabIndex={-1} className="hint">
      What this letter was about is not here: it is no longer kept, or the letter was not for you.
    </p>
  );
  if (notices.length === 0) return gone || <p className="quiet">You were told nothing yet.</p>;
  return (
    <section aria-label="What you were told">
      <h3>What you were told</h3>
      {gone}
      <ul className="notices">
        {notices.map((notice) => (
          <li key={notice.id}>
            <details open={notice.id === wanted}>
              <summary ref={notice.id === wanted ? summary : null}>{noticeWords(notice).title}</summary>
              <Why notice={notice} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Why({ notice }: { notice: NoticeView }) {
  const { seenAt, confirmedAt, mailedAt } = notice;
  const { why, first, again } = noticeWords(notice);
  return (
    <dl className="why">
      <dt>Why you got this</dt>
      <dd>{why}</dd>
      <dt>First seen</dt>
      <dd>
        {at(seenAt)}: {first}
      </dd>
      {confirmedAt > seenAt && (
        <>
          <dt>Seen again</dt>
          <dd>
            {at(confirmedAt)}: {again}
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
