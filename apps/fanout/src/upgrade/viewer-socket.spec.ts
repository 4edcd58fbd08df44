import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { CONNECTION, ViewerSocket } from './viewer-socket.js';

const HANDSHAKE = [
  'GET / HTTP/1.1',
  'Host: localhost',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '\r\n',
].join('\r\n');
/** A close frame without a reason, masked with zeros (RFC 6455, 5.5.1). */
const CLOSE = Buffer.from([0x88, 0x80, 0, 0, 0, 0]);

describe('ViewerSocket', () => {
  it('tells its connection when the other side begins to close, before all is over', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', WebSocket: ViewerSocket });
    await once(server, 'listening');
    const told: string[] = [];
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.on('error', () => undefined).resume();
    client.write(HANDSHAKE);
    const [socket] = (await once(server, 'connection')) as [ViewerSocket];
    socket[CONNECTION] = { leave: () => void told.push(`leaves: ${socket.readyState === socket.OPEN}`) };
    socket.on('close', () => void told.push('closed'));
    client.write(CLOSE);
    await once(socket, 'close');
    expect(told).toEqual(['leaves: true', 'closed']);
    client.destroy();
    server.close();
  });
});
