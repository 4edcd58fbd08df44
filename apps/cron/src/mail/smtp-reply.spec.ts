import { isAddressFault, isAddressRefusal } from './smtp-reply.js';

describe('a reply', () => {
  it.each([
    [550, '550 5.1.1 No such user', true],
    [550, '550 No such user', true],
    [552, '552-5.2.2 The mailbox is full\n552 5.2.2 so it is', true],
    [556, '556 5.1.10 This domain takes no mail', true],
    // Us: reputation, policy, relaying, a letter that is too long, or something in it.
    [550, '550 5.7.1 Relaying denied', false],
    [554, '554 5.7.1 Blocked by a list', false],
    [552, '552 5.3.4 The message is too large', false],
    [550, '550 5.6.0 The content is refused', false],
    [554, '554 Transaction failed', false],
    [530, '530 Authentication required', false],
    [503, '503 Bad sequence', false],
    [450, '450 4.2.0 Come again', false],
    [421, '421 Closing', false],
  ])('%i %j says that the address is no good: %s', (code, reply, expected) => {
    expect(isAddressRefusal(code, reply)).toBe(expected);
  });

  it.each([
    ['5.1.1', true],
    ['5.0.0', true],
    ['5.4.1', true],
    ['5.7.1', false],
    ['4.2.2', false],
    ['2.0.0', false],
    ['5', false],
    ['', false],
  ])('status %j of a bounce says so: %s', (status, expected) => {
    expect(isAddressFault(status)).toBe(expected);
  });
});
