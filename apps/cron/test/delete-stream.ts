import { connect } from 'node:net';

/** Deletes a stream while everything runs. */
export async function deleteStream(port: number, name: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const reply = new Promise<void>((resolve, reject) => {
    socket.setEncoding('utf8');
    socket.on('error', reject);
    socket.on('data', (text: string) => text.includes('"success":true') && resolve());
  });
  socket.write(`CONNECT {"verbose":false}\r\nSUB answer 1\r\nPUB $JS.API.STREAM.DELETE.${name} answer 0\r\n\r\n`);
  await reply;
  socket.destroy();
}
