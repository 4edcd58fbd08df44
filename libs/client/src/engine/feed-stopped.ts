import { CLOSE } from '@groundswell/protocol';

/** The server closed the socket with a code that says: do not come back as you are. */
export class FeedStopped extends Error {
  override readonly name = 'FeedStopped';
  readonly code = 'feed_stopped';
  /** Close code of the socket, 4400–4499. */
  readonly closeCode: number;
  /** What to change before `start()` is called again. */
  readonly remedy: string;

  constructor(closeCode: number) {
    const event = Object.values(CLOSE).find((entry) => entry.code === closeCode);
    const remedy = remedies.get(closeCode) ?? 'Update the client: this code is not known to it.';
    super(`The server refused the connection: ${event?.reason ?? 'no reason known'} (${closeCode}). ${remedy}`);
    this.closeCode = closeCode;
    this.remedy = remedy;
  }
}

const remedies = new Map<number, string>([
  [CLOSE.badMessages.code, 'Update the client: it sends messages that the server does not take.'],
  [CLOSE.unauthorized.code, 'Sign in again, then start the client with the new token.'],
  [CLOSE.unknownEvent.code, 'Check the id of the event.'],
  [CLOSE.unsupportedProtocol.code, 'Update the client: the server speaks another version of the protocol.'],
]);
