import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The way to a mail server, which can be cut in the middle of a letter. */
export interface CutWire {
  readonly url: string;
  /** Lets so many bytes of the next letter through and no more; `onCut` ends before the connection does. */
  cut(afterBytes: number, onCut: () => Promise<unknown>): void;
  stop(): Promise<void>;
}

export async function startCutWire(target: string): Promise<CutWire> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let next: { afterBytes: number; onCut: () => Promise<unknown> } | undefined;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    /** Bytes of the letter that may still pass; undefined: all. */
    let left: number | undefined;
    let onCut: () => Promise<unknown> = () => Promise.resolve();
    const close = (): void => {
      for (const socket of [near, far]) {
        open.delete(socket);
        socket.destroy();
      }
    };
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', close).on('close', close);
    }
    far.on('data', (reply: Buffer) => {
      // It may come with the replies to commands before it.
      if (next && /^354/m.test(reply.toString('latin1'))) {
        ({ afterBytes: left, onCut } = next);
        next = undefined;
      }
      near.write(reply);
    });
    near.on('data', (part: Buffer) => {
      if (left === undefined) return void far.write(part);
      if (left === 0) return undefined;
      far.write(part.subarray(0, left));
      left = Math.max(0, left - part.length);
      if (left === 0) void onCut().then(close);
      return undefined;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: (afterBytes, onCut) => {
      next = { afterBytes, onCut };
    },
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
