import { WebSocket } from 'ws';

/** What a Node process holds once its garbage is collected. */
export interface HeldMemory {
  /** Bytes, objects and array buffers together. */
  bytes(): Promise<number>;
  close(): void;
}

interface Reply {
  id?: number;
  result?: { result?: { value?: unknown } };
  error?: { message: string };
}

/**
 * Asks a process that was started with `--inspect=127.0.0.1:<port>`. Resident memory would hold what is not collected yet,
 * which is many times what a few thousand viewers are.
 */
export async function heldMemory(port: number): Promise<HeldMemory> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(targets[0]!.webSocketDebuggerUrl);
  const waiting = new Map<number, (reply: Reply) => void>();
  socket.on('message', (data: Buffer) => {
    const reply = JSON.parse(data.toString()) as Reply;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
  });
  await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject));
  let last = 0;
  const order = async (method: string, params: object = {}): Promise<unknown> => {
    const id = ++last;
    const reply = await new Promise<Reply>((resolve, reject) => {
      waiting.set(id, resolve);
      socket.once('close', () => reject(new Error('The process has ended.')));
      socket.send(JSON.stringify({ id, method, params }));
    });
    waiting.delete(id);
    if (reply.error) throw new Error(`${method}: ${reply.error.message}`);
    return reply.result?.result?.value;
  };
  return {
    bytes: async () => {
      // Twice: what the first collection frees may hold buffers that only a second one lets go.
      await order('HeapProfiler.collectGarbage');
      await order('HeapProfiler.collectGarbage');
      const sum = '(({ heapUsed, arrayBuffers }) => heapUsed + arrayBuffers)(process.memoryUsage())';
      return Number(await order('Runtime.evaluate', { expression: sum, returnByValue: true }));
    },
    close: () => socket.terminate(),
  };
}
