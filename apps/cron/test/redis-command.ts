import { connect } from 'node:net';

/** One command of plain words on a connection of its own; gives the first line of the answer, e.g. `+OK`, `:5`. */
export async function redisCommand(port: number, words: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  try {
    return await new Promise<string>((resolve, reject) => {
      let text = '';
      socket.setEncoding('utf8');
      socket.on('error', reject);
      socket.on('data', (part: string) => {
        text += part;
        const end = text.indexOf('\r\n');
        if (end === -1) return;
        const line = text.slice(0, end);
        if (line.startsWith('-')) reject(new Error(`${words}: ${line.slice(1)}`));
        else resolve(line);
      });
      socket.write(`${words}\r\n`);
    });
  } finally {
    socket.destroy();
  }
}
