import { paths, SUBPROTOCOL, type HelloMessage } from '@groundswell/protocol';

export const DIALECTS = ['groundswell', 'groundswell friends', 'socket.io', 'plain'] as const;
/** How a server talks: ours, ours with Friends alone, Socket.IO (also in batches), or bare WebSocket messages. */
export type DialectName = (typeof DIALECTS)[number];

/** What a message is, told by its beginning. */
export type Meaning =
  | { is: 'statuses' }
  /** From now on the client has all that it asked for at the start. */
  | { is: 'ready' }
  | { is: 'answer'; send: string }
  | { is: 'other' };

/** Statuses of one message. `n`: number of the segment; `seen`: how many there were, some may have been cut. */
export interface ReadStatuses {
  ids: string[];
  seen: number;
  n?: number;
  /** Bytes that one frame for each status would have taken. */
  singly: number;
}

export interface Dialect {
  path: string;
  subprotocol?: string;
  /** Sent once the socket is open; undefined: a ready client says nothing. */
  hello?: (token: string | undefined) => string;
  /** The handshake alone makes a client ready. */
  readyAtOnce: boolean;
  meaning(head: string): Meaning;
  read(text: string): ReadStatuses;
}

const STATUSES: Meaning = { is: 'statuses' };
const READY: Meaning = { is: 'ready' };
const OTHER: Meaning = { is: 'other' };

function groundswell(event: string): Dialect {
  return {
    path: paths.socket(),
    subprotocol: SUBPROTOCOL,
    hello: (token) => {
      const hello: HelloMessage = { t: 'hello', event, everyone: null };
      return JSON.stringify(token === undefined ? hello : { ...hello, token, friends: null });
    },
    readyAtOnce: false,
    meaning: (head) => {
      if (head.startsWith('{"t":"seg"')) return STATUSES;
      return head.startsWith('{"t":"snap","tab":"everyone"') ? READY : OTHER;
    },
    read: readSegment,
  };
}

function friendsOnly(event: string): Dialect {
  return {
    path: paths.socket(),
    subprotocol: SUBPROTOCOL,
    hello: (token) => {
      const hello: HelloMessage = { t: 'hello', event, friends: null };
      return JSON.stringify(token === undefined ? hello : { ...hello, token });
    },
    readyAtOnce: false,
    meaning: (head) => {
      if (head.startsWith('{"t":"item"')) return STATUSES;
      return head.startsWith('{"t":"snap","tab":"friends"') ? READY : OTHER;
    },
    read: (text) => ofOps([(JSON.parse(text) as { op: Op }).op]),
  };
}

const SOCKET_IO: Dialect = {
  path: '/socket.io/?EIO=4&transport=websocket',
  readyAtOnce: false,
  meaning: (head) => {
    if (head.startsWith('42')) return STATUSES;
    if (head.startsWith('40')) return READY;
    if (head.startsWith('0')) return { is: 'answer', send: '40' };
    return head === '2' ? { is: 'answer', send: '3' } : OTHER;
  },
  read: (text) => {
    const [, content] = JSON.parse(text.slice(2)) as [string, Op | Op[]];
    return ofOps(Array.isArray(content) ? content : [content]);
  },
};

const PLAIN: Dialect = {
  path: '/',
  readyAtOnce: true,
  meaning: () => STATUSES,
  read: (text) => (text.startsWith('{"t":"seg"') ? readSegment(text) : ofOps([JSON.parse(text) as Op])),
};

export function dialect(name: DialectName, event: string): Dialect {
  switch (name) {
    case 'groundswell':
      return groundswell(event);
    case 'groundswell friends':
      return friendsOnly(event);
    case 'socket.io':
      return SOCKET_IO;
    case 'plain':
      return PLAIN;
  }
}

interface Op {
  id: string;
}

function readSegment(text: string): ReadStatuses {
  const { n, seen, ops } = JSON.parse(text) as { n: number; seen: number; ops: Op[] };
  return { ...ofOps(ops), n, seen };
}

function ofOps(ops: readonly Op[]): ReadStatuses {
  let singly = 0;
  for (const op of ops) singly += frameBytes(Buffer.byteLength(JSON.stringify(op)));
  return { ids: ops.map(({ id }) => id), seen: ops.length, singly };
}

function frameBytes(payload: number): number {
  return payload + (payload < 126 ? 2 : payload < 65_536 ? 4 : 10);
}
