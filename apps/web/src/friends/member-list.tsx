import type { Author } from '@groundswell/protocol';
import { useId } from 'react';
import { Avatar } from '../feed/avatar.js';

export interface MemberAction {
  label: string;
  /** Stands before the member's name for who hears the page; default: the label. */
  spoken?: string;
  run: (member: string) => void;
  /** Stands out: somebody waits for it. */
  main?: boolean;
}

interface Props {
  title: string;
  members: readonly Author[];
  actions: readonly MemberAction[];
  /** Members whose command is under way. */
  busy: ReadonlySet<string>;
}

export function MemberList({ title, members, actions, busy }: Props) {
  const heading = useId();
  if (members.length === 0) return null;
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading}>
        {title} <span className="quiet">{members.length}</span>
      </h3>
      <ul className="members">
        {members.map((member) => (
          <li key={member.id} className="member">
            <Avatar author={member} small />
            <span className="member-name" title={member.id}>
              {member.name}
            </span>
            {actions.map(({ label, spoken = label, run, main = false }) => (
              <button
                key={label}
                type="button"
                className={main ? 'link accept' : 'link'}
                disabled={busy.has(member.id)}
                aria-label={`${spoken} ${member.name}`}
                onClick={() => run(member.id)}
              >
                {label}
              </button>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
