import { connect, type Socket } from 'node:net';
import { clientFrame, CLOSE, payloadText, PING, PONG, TEXT, type HeadTexts } from './client-frames.js';
import type { Dialect } from './dialects.js';
import { FrameScanner, type ScannedFrame } from './frame-scanner.js';
import { handshake, readAnswer } from './handshake.js';
import { Verified, type Latencies, type Tally } from './tally.js';
import { timeIn, type Since } from './time-in-frame.js';

export interface ClientPlan {
  host: string;
  port: number;
  dialect: Dialect;
  token: string | undefined;
  verifies: boolean;
  /** Offers compression. */
  compress: boolean;
  heads: HeadTexts;
  latencies: Latencies;
  since: () => Since;
  /** It closed without having been asked to. */
  onLost: (reason: string) => void;
}

/** All reads go here: what a read brought is dealt with before the next one. */
const READ_BUFFER = Buffer.alloc(256 * 1024);
const HEAD_END = '\r\n\r\n';

type State = { is: 'upgrading'; answer: string } | { is: 'greeting' } | { is: 'ready' } | { is: 'closed' };

/** One viewer: a real socket that speaks WebSocket, and counts. */
export class SwarmClient {
  readonly tally: Tally;
  stalled = false;
  private state: State = { is: 'upgrading', answer: '' };
  private deflate = false;
  private socket: Socket | undefined;
  private readonly scanner: FrameScanner;
  private settle: ((ready: boolean) => void) | undefined;

  constructor(private readonly plan: ClientPlan) {
    this.tally = { frames: 0, bytes: 0, verified: plan.verifies ? new Verified() : undefined };
    this.scanner = new FrameScanner((frame) => this.frame(frame), plan.verifies);
  }

  get ready(): boolean {
    return this.state.is === 'ready';
  }

  /** Resolves with whether the client became ready in time; never rejects. */
  async open(timeoutMs: number): Promise<boolean> {
    const { host, port, dialect, compress } = this.plan;
    const { path, subprotocol } = dialect;
    const { request, accept } = handshake({
      host: `${host}:${port}`,
      path,
      compress,
      ...(subprotocol ? { subprotocol } : {}),
    });
    const opened = new Promise<boolean>((resolve) => (this.settle = resolve));
    const timer = setTimeout(() => this.close(), timeoutMs);
    const socket = connect({
      host,
      port,
      noDelay: true,
      onread: { buffer: READ_BUFFER, callback: (size) => this.read(READ_BUFFER.subarray(0, size), accept) },
    });
    this.socket = socket;
    socket.on('connect', () => socket.write(request));
    socket.on('error', () => undefined);
    socket.on('close', () => this.ended('the connection ended'));
    const ready = await opened;
    clearTimeout(timer);
    return ready;
  }

  begin(): void {
    this.tally.frames = 0;
    this.tally.bytes = 0;
    this.tally.verified?.begin();
  }

  /** Stops reading, for good. */
  stall(): void {
    this.stalled = true;
    this.socket?.pause();
  }

  close(): void {
    this.state = { is: 'closed' };
    this.socket?.destroy();
    this.settle?.(false);
  }

  private read(chunk: Buffer, accept: string): boolean {
    if (this.state.is === 'closed') return true;
    try {
      if (this.state.is === 'upgrading') this.upgrade(this.state, chunk, accept);
      else this.scanner.take(chunk);
    } catch (error) {
      this.ended((error as Error).message);
    }
    return true;
  }

  private upgrade(state: { answer: string }, chunk: Buffer, accept: string): void {
    state.answer += chunk.toString('latin1');
    const end = state.answer.indexOf(HEAD_END);
    if (end === -1) return;
    const accepted = readAnswer(state.answer.slice(0, end), accept);
    if (!accepted) return this.ended(`the handshake was refused: ${state.answer.slice(0, 12)}`);
    this.deflate = accepted.deflate;
    const rest = Buffer.from(state.answer.slice(end + HEAD_END.length), 'latin1');
    const { dialect, token } = this.plan;
    this.state = { is: 'greeting' };
    if (dialect.readyAtOnce) this.becomeReady();
    const hello = dialect.hello?.(token);
    if (hello !== undefined) this.send(hello, this.deflate);
    if (rest.length > 0) this.scanner.take(rest);
  }

  private frame({ opcode, compressed, bytes, head, payload }: ScannedFrame): void {
    if (opcode === PING) this.socket?.write(clientFrame(PONG, Buffer.from(head)));
    if (opcode === CLOSE) return this.ended('the server closed');
    if (opcode !== TEXT) return;
    const { dialect, latencies, since, heads } = this.plan;
    const start = heads.read(head, compressed);
    const meaning = dialect.meaning(start);
    if (meaning.is === 'ready') this.becomeReady();
    else if (meaning.is === 'answer') this.send(meaning.send, false);
    else if (meaning.is === 'statuses') {
      this.tally.frames++;
      this.tally.bytes += bytes;
      const time = timeIn(start, since());
      if (time !== undefined) latencies.record(Date.now() - time);
      if (payload) this.tally.verified?.take(dialect.read(payloadText(payload, compressed)));
    }
  }

  private send(text: string, compress: boolean): void {
    this.socket?.write(clientFrame(TEXT, Buffer.from(text), compress));
  }

  private becomeReady(): void {
    if (this.state.is !== 'greeting') return;
    this.state = { is: 'ready' };
    this.settle?.(true);
  }

  private ended(reason: string): void {
    if (this.state.is === 'closed') return;
    const wasReady = this.state.is === 'ready';
    this.close();
    if (wasReady) this.plan.onLost(reason);
  }
}
