import type { Audience } from '@groundswell/protocol';
import type { SocialHistory } from './social-history.js';

/** How a comment was answered, and between which moments (Unix milliseconds). */
export interface CommentAnswer {
  /** Index in the plan. */
  index: number;
  author: string;
  storyAuthor: string;
  audience: Audience;
  said: 'accepted' | 'unknown_status' | 'blocked';
  sentAt: number;
  answeredAt: number;
}

/** Views by which comments are judged are this late at most, milliseconds. */
const LATE_MS = 5_000;

/**
 * Whoever comments must see the story and have no block with its author, at some moment between what a view may still
 * have said when the comment was sent and its answer; a refusal must be right at such a moment.
 */
export function commentFaults(answers: readonly CommentAnswer[], history: SocialHistory): string[] {
  return answers
    .filter((answer) => !isRight(answer, history))
    .map(({ index, said }) => `post ${index} was answered with ${said}, which the graph forbids`);
}

function isRight({ author, storyAuthor, audience, said, sentAt, answeredAt }: CommentAnswer, history: SocialHistory) {
  const from = history.heardBy(sentAt - LATE_MS);
  const moments = [from, ...history.positions(author, from, history.heardBy(answeredAt))];
  return moments.some((inForce) => {
    const { friends, barred } = history.standing(author, storyAuthor, inForce);
    const seen = audience === 'everyone' || author === storyAuthor || friends;
    switch (said) {
      case 'accepted':
        return seen && !barred;
      case 'unknown_status':
        return !seen;
      case 'blocked':
        return barred;
    }
  });
}
