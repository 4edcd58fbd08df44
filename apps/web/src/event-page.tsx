import type { Commands } from '@groundswell/client';
import { CLOSE } from '@groundswell/protocol';
import type { EventView, Tab } from '@groundswell/protocol';
import { useEffect, useMemo, useState } from 'react';
import { Composer } from './compose/composer.js';
import { useOutbox, usePending } from './compose/use-outbox.js';
import { ActionsContext, PendingContext } from './feed/feed-actions.js';
import type { FeedActions } from './feed/feed-actions.js';
import { Feed } from './feed/feed.js';
import { NowProvider } from './feed/relative-time.js';
import { Tabs, tabId } from './feed/tabs.js';
import { PageFrame } from './page-frame.js';
import { People } from './people.js';
import { useLiveFeed, useTimeline } from './live/use-live-feed.js';
import type { Session, SignedOutReason } from './session/session.js';
import { isLinkOfLetter } from './side/wanted-part.js';
import { SignInHint } from './session/sign-in-hint.js';

const EMPTY: Record<Tab, string> = {
  everyone: 'Nothing has been said yet.',
  friends: 'Nothing from your friends yet.',
};
const LABELS: Record<Tab, string> = { everyone: 'Everyone', friends: 'Friends' };

interface Props {
  event: EventView;
  session: Session;
  commands: Commands;
  onSignOut: (reason?: SignedOutReason) => void;
}

/** Close code of a token that the server does not take. */
function isRefused(connection: { t: string; error?: { closeCode: number } }): boolean {
  return connection.t === 'stopped' && connection.error?.closeCode === CLOSE.unauthorized.code;
}

/** One event: both tabs, the composer, the viewer's friends. */
export function EventPage({ event, session, commands, onSignOut }: Props) {
  const { feed, status } = useLiveFeed(event.id, session);
  const { tab } = status;
  const view = useTimeline(tab === 'everyone' ? feed.everyone : feed.friends);
  const outbox = useOutbox(commands, event.id);
  const pending = usePending(outbox, tab, view);
  /** Grows with every mute and block from a card, so that the panel reads its lists anew. */
  const [peopleRevision, setPeopleRevision] = useState(0);
  const viewer = session.t === 'in' ? session.member.id : undefined;
  const refused = isRefused(status.connection);

  useEffect(() => {
    if (refused) onSignOut('refused');
  }, [refused, onSignOut]);

  const actions = useMemo<FeedActions>(() => {
    const hide = async (member: string, command: Promise<unknown>) => {
      await command;
      feed.hide(member);
      setPeopleRevision((was) => was + 1);
    };
    return {
      viewer,
      maxChars: status.maxChars,
      outbox,
      like: (id, on) => commands.like(event.id, id, on),
      deleteStatus: (id) => commands.deleteStatus(event.id, id),
      deleteComment: (of, id) => commands.deleteComment(event.id, of, id),
      mute: (member) => hide(member, commands.mute(member)),
      block: (member) => hide(member, commands.block(member)),
    };
  }, [viewer, status.maxChars, outbox, commands, event.id, feed]);

  const show = (next: Tab) => {
    if (next === tab) return;
    window.scrollTo({ top: 0 });
    feed.show(next);
  };
  const empty = status.known[tab] ? EMPTY[tab] : 'Loading…';
  const guestInFriends = viewer === undefined && tab === 'friends';

  return (
    <ActionsContext value={actions}>
      <NowProvider offset={status.clockOffset}>
        <PageFrame
          title={event.title}
          connection={status.connection}
          session={session}
          people={viewer !== undefined && <People commands={commands} revision={peopleRevision} />}
          onSignOut={onSignOut}
        >
          {event.state === 'ended' && <p className="hint card">This event has ended. You can still read it.</p>}
          {viewer !== undefined && event.state === 'live' && <Composer />}
          {!guestInFriends && (
            <SignInHint
              session={session}
              wanted={isLinkOfLetter() ? 'see what your letter leads to' : 'post and to see your friends'}
            />
          )}
          <Tabs shown={tab} unseen={status.unseen} onShow={show} />
          <div role="tabpanel" id="tabpanel" aria-labelledby={tabId(tab)}>
            {guestInFriends ? (
              <SignInHint session={session} wanted="see what your friends post" />
            ) : (
              <PendingContext value={pending}>
                <Feed key={tab} label={LABELS[tab]} view={view} empty={empty} missed={status.missed[tab]} />
              </PendingContext>
            )}
          </div>
        </PageFrame>
      </NowProvider>
    </ActionsContext>
  );
}
