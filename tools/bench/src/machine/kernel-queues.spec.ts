import { readQueues } from './kernel-queues.js';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0BBA 00000000:0000 0A 00000000:00000005 00:00000000 00000000     0        0 1
   1: 0100007F:0BBA 0100007F:A001 01 0000000A:00000000 01:00000000 00000000     0        0 2
   2: 0100007F:A001 0100007F:0BBA 01 00000000:00000064 00:00000000 00000000     0        0 3
   3: 0100007F:A002 0100007F:0BBB 01 00000001:00000001 00:00000000 00000000     0        0 4
`;

describe('readQueues', () => {
  it('adds up both sides of the connections of a port', () => {
    expect(readQueues(TABLE, 3002)).toEqual({ sending: 10, received: 100 });
  });

  it('finds nothing where nothing is', () => {
    expect(readQueues(TABLE, 80)).toEqual({ sending: 0, received: 0 });
    expect(readQueues('', 80)).toEqual({ sending: 0, received: 0 });
  });
});
