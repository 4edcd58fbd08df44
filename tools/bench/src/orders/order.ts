import { request } from 'node:http';
import { MeasurementInvalid } from '../measurement-invalid.js';

/** Gives an order to a process of the run and returns its answer. Throws `MeasurementInvalid` when it cannot obey. */
export async function order<T>(port: number, path: string, body?: object): Promise<T> {
  const { status, text } = await post(port, path, body ? JSON.stringify(body) : '');
  const answer = JSON.parse(text) as T & { error?: string };
  if (status !== 200) throw new MeasurementInvalid(`A process of the run could not obey ${path}: ${answer.error}.`);
  return answer;
}

/** Without a time limit: opening thousands of sockets takes its time. */
function post(port: number, path: string, body: string): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method: 'POST' }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, text: Buffer.concat(chunks).toString('utf8') }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
