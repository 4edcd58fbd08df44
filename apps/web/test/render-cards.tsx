import { render } from '@testing-library/react';
import type { PostedBody } from '@groundswell/protocol';
import type { ReactNode } from 'react';
import { Outbox } from '../src/compose/outbox.js';
import { ActionsContext } from '../src/feed/feed-actions.js';
import type { FeedActions } from '../src/feed/feed-actions.js';

export interface Sent {
  event: string;
  of?: string;
  text: string;
  inReplyTo?: string;
  audience?: string;
  key?: string;
}

/** An outbox whose commands are recorded, and answered by `answer`. */
export function recordingOutbox(answer: () => Promise<PostedBody> = () => new Promise(() => undefined)) {
  const sent: Sent[] = [];
  const outbox = new Outbox(
    {
      postStatus(event, draft) {
        sent.push({ event, ...draft });
        return answer();
      },
      postComment(event, of, draft) {
        sent.push({ event, of, ...draft });
        return answer();
      },
    },
    'final',
  );
  return { outbox, sent };
}

/** Draws cards as Ann sees them, or as `actions` says. */
export function renderCards(children: ReactNode, actions: Partial<FeedActions> = {}) {
  const all: FeedActions = {
    viewer: 'ann',
    maxChars: 420,
    outbox: recordingOutbox().outbox,
    like: () => Promise.resolve(),
    deleteStatus: () => Promise.resolve(),
    deleteComment: () => Promise.resolve(),
    mute: () => Promise.resolve(),
    block: () => Promise.resolve(),
    ...actions,
  };
  return render(<ActionsContext value={all}>{children}</ActionsContext>);
}
