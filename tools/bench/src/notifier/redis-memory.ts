import { once } from 'node:events';
import { connect } from 'node:net';
import { MeasurementInvalid } from '../measurement-invalid.js';

/** Bytes that a Redis says it holds data and its structures in. */
export async function redisBytes(url: string): Promise<number> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.setEncoding('utf8').write('INFO memory\r\n');
  let text = '';
  for await (const chunk of socket) {
    text += chunk as string;
    if (text.includes('used_memory_dataset:')) break;
  }
  socket.destroy();
  const bytes = /^used_memory:(\d+)/m.exec(text)?.[1];
  if (bytes === undefined) throw new MeasurementInvalid('Redis does not say how much memory it uses.');
  return Number(bytes);
}
