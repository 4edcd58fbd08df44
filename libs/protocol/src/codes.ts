/**
 * Every code that a socket can carry, in one table. Close codes 4400–4499 say *do not retry as you are*, 4500–4599 say
 * *retry with backoff*; `retry` repeats that for the standard codes.
 */
export interface CloseEvent {
  code: number;
  reason: string;
  /** What a client does next: come back with its cursors, or stop and tell the person. */
  retry: boolean;
}

export const CLOSE = {
  goingAway: { code: 1001, reason: 'the server is going away', retry: true },
  messageTooBig: { code: 1009, reason: 'the message exceeds the limit', retry: true },
  badMessages: { code: 4400, reason: 'repeated invalid messages', retry: false },
  unauthorized: { code: 4401, reason: 'the token is missing, forged or expired', retry: false },
  unknownEvent: { code: 4404, reason: 'no such event', retry: false },
  unsupportedProtocol: { code: 4426, reason: 'the subprotocol is not supported', retry: false },
  unavailable: { code: 4503, reason: 'a view is behind or a dependency is out', retry: true },
  // A busy server or a slow line, not a fault of the client.
  helloTimeout: { code: 4508, reason: 'no hello within the time limit', retry: true },
} as const satisfies Record<string, CloseEvent>;

export type CloseName = keyof typeof CLOSE;

/** Whether a client should come back after this close code. Unknown codes (1006 among them) are worth a retry. */
export function retryAfterClose(code: number): boolean {
  for (const event of Object.values(CLOSE)) if (event.code === code) return event.retry;
  return code < 4400 || code > 4499;
}

/** `error` frames: the socket stays open unless a close follows. */
export const ERRORS = {
  invalid_json: 'The message is not valid JSON.',
  binary_frame: 'Binary frames are not part of the protocol; send JSON text.',
  unknown_message: 'The message has no known "t".',
  invalid_message: 'A field of the message is missing, unknown or of the wrong type.',
  hello_first: 'The first message must be "hello".',
  hello_twice: 'This socket has already said "hello".',
  unauthorized: 'The token is missing, forged or expired.',
  unknown_event: 'There is no such event.',
  friends_needs_token: 'Friends needs a token; Everyone does not.',
  view_behind: 'The social graph is being rebuilt; the answer would be incomplete. Try again.',
} as const;

export type ErrorCode = keyof typeof ERRORS;

/**
 * Why a server says bye. `drain`: it stops. `expired`: the token or the stream has lived its life. `lifetime`: the socket
 * has. `poll`: take Everyone by other means until then.
 */
export type ByeCode = 'drain' | 'expired' | 'lifetime' | 'poll';
