import { connect } from 'node:net';

const REPLY = '_PROBE.js';
const TIMEOUT_MS = 2_000;

/**
 * Asks a NATS server, by its text protocol, whether it bears `name` and its JetStream answers. Rejects while nobody
 * listens. The name tells it from another server that holds the port.
 */
export function natsAnswers(port: number, name: string, signal: AbortSignal): Promise<boolean> {
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
    socket.on('data', (chunk: string) => {
      const before = text;
      text += chunk;
      if (!before.includes('\r\n') && text.includes('\r\n')) {
        if (!text.startsWith('INFO ') || serverName(text) !== name) return done(false);
        socket.write(
          `CONNECT {"verbose":false,"headers":true,"no_responders":true}\r\nSUB ${REPLY} 1\r\n` +
            `PUB $JS.API.INFO ${REPLY} 0\r\n\r\n`,
        );
      }
      if (text.includes('jetstream.api.v1.account_info_response')) done(!text.includes('"error"'));
    });
  });
}

function serverName(text: string): unknown {
  try {
    const info = JSON.parse(text.slice('INFO '.length, text.indexOf('\r\n'))) as { server_name?: unknown };
    return info.server_name;
  } catch {
    return undefined;
  }
}
