import { connect, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';

/** The server closed, or answered what is no HTTP/1.1 answer with a length. */
export class LaneBroken extends Error {
  override readonly name = 'LaneBroken';
  readonly code = 'lane_broken';
}

interface Waiting {
  resolve: (status: number) => void;
  reject: (error: Error) => void;
}

/** One keep-alive connection, one request at a time; a general client would cost more than the server it loads. */
export class HttpLane {
  private waiting: Waiting | undefined;
  private received = '';

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.read(text));
    socket.on('error', () => undefined);
    socket.on('close', () => this.fail(new LaneBroken('the server closed the connection')));
  }

  static open(port: number): Promise<HttpLane> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new HttpLane(socket)));
    });
  }

  /** Sends a whole request; resolves with the status of the answer once it is there in full. */
  ask(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) return reject(new LaneBroken('the connection is closed'));
      this.waiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private read(text: string): void {
    this.received += text;
    const end = this.received.indexOf(HEAD_END);
    if (end === -1) return;
    const head = this.received.slice(0, end);
    const status = Number(head.slice(9, 12));
    const length = status === 204 ? 0 : Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? NaN);
    if (!head.startsWith('HTTP/1.1 ') || Number.isNaN(length)) {
      return this.fail(new LaneBroken('an answer without a length'));
    }
    const whole = end + HEAD_END.length + length;
    if (this.received.length < whole) return;
    this.received = this.received.slice(whole);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve(status);
  }

  private fail(error: Error): void {
    this.waiting?.reject(error);
    this.waiting = undefined;
    this.socket.destroy();
  }
}
