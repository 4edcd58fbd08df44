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

/** Something to choose for each member. */
export interface MemberChoice {
  label: string;
  options: Readonly<Record<string, string>>;
  of: (member: string) => string;
  choose: (member: string, option: string) => void;
}

/** Somebody in a list. */
export interface Listed extends Author {
  /** Where they are not members here. */
  network?: string;
}

interface Props {
  title: string;
  members: readonly Listed[];
  choice?: MemberChoice;
  actions: readonly MemberAction[];
  /** Members whose command is under way. */
  busy: ReadonlySet<string>;
  /** A long list is folded away, so that what is below can be found. */
  folds?: boolean;
}

/** A list of more is long. */
export const OPEN_MOST = 8;

export function MemberList({ title, members, choice, actions, busy, folds = false }: Props) {
  const heading = useId();
  if (members.length === 0) return null;
  const head = (
    <h3 id={heading}>
      {title} <span className="quiet">{members.length}</span>
    </h3>
  );
  const list = (
    <ul className="members">
      {members.map((member) => (
        <li key={member.id} className="member">
          <Avatar author={member} small />
          <span className="member-name" title={member.id}>
            {calledOf(member)}
          </span>
          {choice && <Choice member={member} choice={choice} busy={busy.has(member.id)} />}
          {actions.map(({ label, spoken = label, run, main = false }) => (
            <button
              key={label}
              type="button"
              className={main ? 'link accept' : 'link'}
              disabled={busy.has(member.id)}
              aria-label={`${spoken} ${calledOf(member)}`}
              onClick={() => run(member.id)}
            >
              {label}
            </button>
          ))}
        </li>
      ))}
    </ul>
  );
  return (
    <section aria-labelledby={heading}>
      {folds && members.length > OPEN_MOST ? (
        <details className="fold">
          <summary>{head}</summary>
          {list}
        </details>
      ) : (
        <>
          {head}
          {list}
        </>
      )}
    </section>
  );
}

function Choice({ member, choice, busy }: { member: Listed; choice: MemberChoice; busy: boolean }) {
  const { label, options, of, choose } = choice;
  return (
    <select
      aria-label={`${label} ${calledOf(member)}`}
      value={of(member.id)}
      disabled={busy}
      onChange={(event) => choose(member.id, event.target.value)}
    >
      {Object.entries(options).map(([option, name]) => (
        <option key={option} value={option}>
          {name}
        </option>
      ))}
    </select>
  );
}

function calledOf({ name, network }: Listed): string {
  return network === undefined ? name : `${name} on ${network}`;
}
