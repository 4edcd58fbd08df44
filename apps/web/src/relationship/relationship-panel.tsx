import type { Commands } from '@groundswell/client';
import type { WatchConsent, WatchDelay } from '@groundswell/protocol';
import { useId } from 'react';
import { MemberList, OPEN_MOST, type MemberAction } from '../friends/member-list.js';
import { SidePanel } from '../side/side-panel.js';
import type { Side as SideOf } from '../side/use-side.js';
import { StatusForm } from './status-form.js';
import { CONSENT_NAMES, DELAY_NAMES } from './status-names.js';
import { useRelationship, type RelationshipSide } from './use-relationship.js';

interface Props {
  commands: Commands;
}

/** What the viewer publishes of a relationship, who may watch it, and whose the viewer watches. */
export function RelationshipPanel({ commands }: Props) {
  const { state, change } = useRelationship(commands);
  return (
    <SidePanel title="Relationship" state={state}>
      {(side, busy) => <Side commands={commands} side={side} busy={busy} change={change} />}
    </SidePanel>
  );
}

interface SideProps extends Props {
  side: RelationshipSide;
  busy: boolean;
  change: SideOf<RelationshipSide>['change'];
}

function Side({ commands, side, busy, change }: SideProps) {
  const { watchers, watches, others, most } = side;
  const all = new Set(busy ? [...watchers, ...watches, ...others].map(({ id }) => id) : []);
  const action = (label: string, command: (member: string) => Promise<unknown>): MemberAction => ({
    label,
    run: (member) => change(() => command(member)),
  });
  const allow = { ...action('Allow', (member) => commands.allowWatcher(member)), main: true };
  const remove = action('Remove', (member) => commands.refuseWatcher(member));
  const answered = (wanted: 'allowed' | 'refused' | null) => watchers.filter(({ answer }) => answer === wanted);
  const waits = side.mode === 'ask' ? answered(null) : [];
  const told = side.mode === 'mutuals' ? [...answered(null), ...answered('allowed')] : answered('allowed');
  return (
    <>
      <StatusForm
        key={side.since}
        published={side}
        busy={busy}
        onPublish={(draft) => change(() => commands.publishRelationship(draft))}
        onWithdraw={() => change(() => commands.withdrawRelationship())}
      />
      <Consent mode={side.mode} busy={busy} onChoose={(mode) => change(() => commands.putWatchConsent(mode))} />
      <MemberList title="Want to be told" members={waits} actions={[allow, remove]} busy={all} />
      {side.mode !== 'off' && <MemberList title="Are told" members={told} actions={[remove]} busy={all} />}
      <MemberList title="Not told" members={answered('refused')} actions={[allow]} busy={all} />
      <MemberList
        title="You watch"
        members={watches}
        choice={{
          label: 'When to be told of',
          options: DELAY_NAMES,
          of: (id) => watches.find((one) => one.id === id)?.delay ?? 'none',
          choose: (id, delay) => change(() => commands.delayWatch(id, delay as WatchDelay)),
        }}
        actions={[{ ...action('Stop', (member) => commands.unwatch(member)), spoken: 'Stop watching' }]}
        busy={all}
      />
      {watches.length < most ? (
        <details className="fold" open={others.length <= OPEN_MOST}>
          <summary>Choose a friend to watch</summary>
          <MemberList
            title="Friends to watch"
            members={others}
            actions={[action('Watch', (id) => commands.watch(id))]}
            busy={all}
          />
        </details>
      ) : (
        <p className="quiet">You watch {most} friends, which is the most.</p>
      )}
    </>
  );
}

function Consent({
  mode,
  busy,
  onChoose,
}: {
  mode: WatchConsent;
  busy: boolean;
  onChoose: (mode: WatchConsent) => void;
}) {
  const field = useId();
  return (
    <div className="status-form">
      <label htmlFor={field}>Who is told of changes</label>
      <select
        id={field}
        value={mode}
        disabled={busy}
        onChange={(event) => onChoose(event.target.value as WatchConsent)}
      >
        {Object.entries(CONSENT_NAMES).map(([consent, name]) => (
          <option key={consent} value={consent}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
