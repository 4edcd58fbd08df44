import { connect } from 'node:net';

const TIMEOUT_MS = 2_000;

/**
 * Asks a Redis server whether it is the process `pid` and has loaded its data. Rejects while nobody listens. The pid
 * tells it from another server that holds the port.
 */
export function redisAnswers(port: number, pid: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, signal });
    let text = '';
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(TIMEOUT_MS, () => done(false));
    socket.setEncoding('utf8');
    socket.once('error', reject);
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.write('INFO server\r\nINFO persistence\r\nQUIT\r\n'));
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    // QUIT: the server closes once it has said everything.
    socket.once('end', () => done(text.includes(`process_id:${pid}\r\n`) && text.includes('\r\nloading:0\r\n')));
  });
}
