import type { Commands } from '@groundswell/client';
import { AddFriend } from './add-friend.js';
import { MemberList } from './member-list.js';
import { useFriends } from './use-friends.js';
import type { Friends } from './use-friends.js';

function Lists({ state, befriend, unfriend }: Friends) {
  if (state.t === 'loading') return <p className="quiet">Loading…</p>;
  if (state.t === 'failed') return <p className="fault">{state.message}</p>;
  const { friends, waiting, asked } = state.view;
  const accept = { label: 'Accept', run: befriend, main: true };
  const decline = { label: 'Decline', run: unfriend };
  const remove = { label: 'Remove', run: unfriend };
  const takeBack = { label: 'Take back', run: unfriend };
  return (
    <>
      {state.message !== undefined && (
        <p className="fault" role="alert">
          {state.message}
        </p>
      )}
      <MemberList title="Waiting for you" members={waiting} actions={[accept, decline]} busy={state.busy} />
      <MemberList title="Your friends" members={friends} actions={[remove]} busy={state.busy} />
      <MemberList title="Asked" members={asked} actions={[takeBack]} busy={state.busy} />
      {friends.length + waiting.length + asked.length === 0 && (
        <p className="quiet">No friends yet. What they post will be in the Friends tab.</p>
      )}
    </>
  );
}

/** The viewer's friends: who they are, who has asked, whom the viewer has asked. */
export function FriendsPanel({ commands }: { commands: Commands }) {
  const friends = useFriends(commands);
  return (
    <div className="card panel">
      <h2>Friends</h2>
      <AddFriend onAdd={friends.befriend} />
      <Lists {...friends} />
    </div>
  );
}
