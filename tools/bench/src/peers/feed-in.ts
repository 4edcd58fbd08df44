import { createServer } from 'node:net';

/** Takes lines over TCP and hands each on; resolves with the port. Cheaper for a peer than any log would be. */
export function feedIn(onLine: (line: string) => void): Promise<number> {
  const server = createServer((socket) => {
    let rest = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      for (const line of lines) onLine(line);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
}
