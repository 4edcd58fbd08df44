import { WebSocket } from 'ws';
import type { Connection } from '../hub/connection.js';

export const CONNECTION = Symbol('connection');

/**
 * A socket that tells its connection when it begins to close. `ws` answers a close by itself and says so when all is over;
 * after a close frame nothing else may be sent (RFC 6455, 5.5.1).
 */
export class ViewerSocket extends WebSocket {
  [CONNECTION]: Pick<Connection, 'leave'> | undefined;

  override close(code?: number, reason?: string | Buffer): void {
    this[CONNECTION]?.leave();
    super.close(code, reason);
  }
}
