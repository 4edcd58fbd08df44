import type { Connection } from '../hub/connection.js';
import type { Inbox } from '../hub/inbox.js';

/** What stands for a viewer in the index: a socket, or the inbox of somebody who polls. */
export type Recipient = Connection | Inbox;
