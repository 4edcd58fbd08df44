import { cpuSeconds } from '../machine/process-figures.js';
import { MeasurementInvalid } from '../measurement-invalid.js';
import { HttpLane } from '../ingest/http-lane.js';
import type { Started } from '../stack/launcher.js';

export interface Asking {
  /** The address, the query included. */
  path: string;
  token?: string;
  /** The status that every answer must have. */
  status: number;
}

/** Answers for each CPU-second of the server, to requests as fast as they are answered. */
export async function answersPerCpu(
  { pid, port }: Started,
  asking: readonly Asking[],
  { seconds, connections }: { seconds: number; connections: number },
): Promise<number> {
  const requests = asking.map(({ path, token, status }) => ({
    status,
    bytes: Buffer.from(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${token === undefined ? '' : `Authorization: Bearer ${token}\r\n`}\r\n`,
    ),
  }));
  const lanes = await Promise.all(Array.from({ length: connections }, () => HttpLane.open(port)));
  let answered = 0;
  const askUntil = async (end: number): Promise<void> => {
    await Promise.all(
      lanes.map(async (lane, first) => {
        for (let i = first; performance.now() < end; i += connections) {
          const { bytes, status: wanted } = requests[i % requests.length]!;
          const status = await lane.ask(bytes);
          if (status !== wanted) throw new MeasurementInvalid(`${asking[0]!.path} answered ${status}, not ${wanted}.`);
          answered++;
        }
      }),
    );
  };
  try {
    await askUntil(performance.now() + seconds * 500);
    answered = 0;
    const cpu = cpuSeconds(pid);
    await askUntil(performance.now() + seconds * 1000);
    return answered / (cpuSeconds(pid) - cpu);
  } finally {
    for (const lane of lanes) lane.close();
  }
}
