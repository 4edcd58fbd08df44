import type { Commands } from '@groundswell/client';
import { AddFriend } from './add-friend.js';
import { MemberList } from './member-list.js';
import type { MemberAction } from './member-list.js';
import { usePeople } from './use-people.js';
import type { People } from './use-people.js';

interface Props {
  commands: Commands;
  /** Another number whenever the lists were changed elsewhere on the page. */
  revision: number;
}

function Lists({ commands, people: { state, change } }: { commands: Commands; people: People }) {
  if (state.t === 'loading') return <p className="quiet">Loading…</p>;
  if (state.t === 'failed') return <p className="fault">{state.message}</p>;
  const { friends, waiting, asked, blocks, mutes } = state.view;
  const action = (label: string, command: (member: string) => Promise<unknown>): MemberAction => ({
    label,
    run: (member) => change(member, command(member)),
  });
  const accept = { ...action('Accept', (member) => commands.accept(member)), main: true };
  const refuse = action('Refuse', (member) => commands.unfriend(member));
  const unfriend = action('Unfriend', (member) => commands.unfriend(member));
  const cancel = { ...action('Cancel', (member) => commands.unfriend(member)), spoken: 'Cancel request to' };
  const unblock = action('Unblock', (member) => commands.unblock(member));
  const unmute = action('Unmute', (member) => commands.unmute(member));
  return (
    <>
      {state.message !== undefined && (
        <p className="fault" role="alert">
          {state.message}
        </p>
      )}
      <MemberList title="Waiting for you" members={waiting} actions={[accept, refuse]} busy={state.busy} />
      <MemberList title="Your friends" members={friends} actions={[unfriend]} busy={state.busy} folds />
      <MemberList title="Asked" members={asked} actions={[cancel]} busy={state.busy} />
      {friends.length + waiting.length + asked.length === 0 && (
        <p className="quiet">No friends yet. What they post will be in the Friends tab.</p>
      )}
      <MemberList title="Blocked" members={blocks} actions={[unblock]} busy={state.busy} />
      <MemberList title="Muted" members={mutes} actions={[unmute]} busy={state.busy} />
    </>
  );
}

/** The viewer's friends and requests, and whom the viewer has blocked or muted. */
export function FriendsPanel({ commands, revision }: Props) {
  const people = usePeople(commands, revision);
  return (
    <div className="card panel">
      <h2>People</h2>
      <AddFriend onAdd={(member) => people.change(member, commands.befriend(member))} />
      <Lists commands={commands} people={people} />
    </div>
  );
}
