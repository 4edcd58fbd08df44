import { commentFaults, type CommentAnswer } from './comment-rights.js';
import { SocialHistory } from './social-history.js';

/** ada and ben are friends until 10,000 ms; then ada blocks ben; at 30,000 she lifts the block. */
const history = new SocialHistory(
  [['ada', 'ben']],
  [
    { seq: 1, at: 10_000, kind: 'end', by: 'ada', to: 'ben' },
    { seq: 2, at: 20_000, kind: 'block', by: 'ada', to: 'ben' },
    { seq: 3, at: 30_000, kind: 'unblock', by: 'ada', to: 'ben' },
  ],
);

const answer = (said: CommentAnswer['said'], sentAt: number, more: Partial<CommentAnswer> = {}): CommentAnswer => ({
  index: 0,
  author: 'ben',
  storyAuthor: 'ada',
  audience: 'friends',
  said,
  sentAt,
  answeredAt: sentAt + 100,
  ...more,
});

describe('commentFaults', () => {
  it.each<[string, CommentAnswer]>([
    ['a friend', answer('accepted', 9_000)],
    ['a friend of a moment ago, whom a view still knows', answer('accepted', 14_000)],
    ['a stranger, refused', answer('unknown_status', 16_000)],
    ['a stranger to a public story', answer('accepted', 16_000, { audience: 'everyone' })],
    ['somebody blocked', answer('blocked', 20_500, { audience: 'everyone' })],
    ['the author', answer('accepted', 16_000, { author: 'ada' })],
  ])('finds nothing wrong with %s', (_, one) => {
    expect(commentFaults([one], history)).toEqual([]);
  });

  it.each<[string, CommentAnswer]>([
    ['a friend refused', answer('unknown_status', 9_000)],
    ['a stranger let through', answer('accepted', 16_000)],
    ['a stranger refused a public story', answer('unknown_status', 16_000, { audience: 'everyone' })],
    ['somebody blocked let through', answer('accepted', 26_000, { audience: 'everyone' })],
    ['somebody called blocked who is not', answer('blocked', 16_000)],
    ['a block that was lifted long ago', answer('blocked', 36_000, { audience: 'everyone' })],
  ])('finds %s', (_, one) => {
    expect(commentFaults([one], history)).toEqual([`post 0 was answered with ${one.said}, which the graph forbids`]);
  });
});
