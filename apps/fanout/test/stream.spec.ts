import { jest } from '@jest/globals';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { connect } from 'node:net';
import type { FanoutApp } from '../src/fanout-app.js';
import { Harness } from './harness.js';
import { PlainSocket } from './plain-socket.js';

jest.setTimeout(30_000);

const nats = useNats();
const redis = useRedis();
const EVENT = 'final';
let harness: Harness;
let node: FanoutApp;

beforeAll(async () => {
  harness = await Harness.start(nats, redis);
  await harness.event(EVENT);
  node = await harness.node();
});
afterAll(() => harness.stop());

interface Event {
  name: string;
  id: string | undefined;
  data: string;
}

/** A client of server-sent events that keeps what it reads, as the format of the HTML standard says. */
class EventReader {
  readonly events: Event[] = [];
  ended = false;
  headers = new Headers();
  private readonly abort = new AbortController();

  static async open(query = '', headers: Record<string, string> = {}): Promise<EventReader> {
    const reader = new EventReader();
    const url = `http://127.0.0.1:${node.port}/v1/events/${EVENT}/stream${query}`;
    const answer = await fetch(url, { headers, signal: reader.abort.signal });
    reader.headers = answer.headers;
    void reader.read(answer.body!.pipeThrough(new TextDecoderStream())).catch(() => undefined);
    return reader;
  }

  get names(): string[] {
    return this.events.map(({ name }) => name);
  }

  close(): void {
    this.abort.abort();
  }

  private async read(body: ReadableStream<string>): Promise<void> {
    let text = '';
    for await (const part of body) {
      text += part;
      const blocks = text.split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) {
        const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
        const data = fields.get('data');
        if (data !== undefined)
          this.events.push({ name: fields.get('event') ?? 'message', id: fields.get('id'), data });
      }
    }
    this.ended = true;
  }
}

const positions = ({ events }: EventReader) => events.flatMap(({ name, id }) => (name === 'seg' ? [id] : []));

describe('the stream of events', () => {
  it('S1: starts with a snapshot and carries what sockets get, with the same numbers', async () => {
    const socket = await PlainSocket.greet(node.port, { event: EVENT, everyone: null });
    const reader = await EventReader.open();
    expect(reader.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(reader.headers.get('cache-control')).toBe('no-store');
    await eventually(() => reader.names.includes('snap'));
    for (let i = 0; i < 3; i++) {
      await harness.status(EVENT, 'ada', { text: `text ${i}` });
      await eventually(() => positions(reader).length > i);
    }
    await socket.next('seg', 3);
    expect(reader.events.filter(({ name }) => name === 'seg').map(({ data }) => data)).toEqual(
      socket.texts.filter((text) => text.startsWith('{"t":"seg"')),
    );
    const { epoch, n } = (await socket.next('seg', 3)) as { epoch: number; n: number };
    expect(positions(reader).at(-1)).toBe(`${epoch}.${n}`);
    socket.end();
    reader.close();
  });

  it('W2: goes on after the last event, by header or address, with exactly what is missing', async () => {
    const first = await EventReader.open();
    await eventually(() => first.events.length > 0);
    const newest = first.events[0]!.id!;
    const [epoch, n] = newest.split('.').map(Number) as [number, number];
    first.close();
    const after = `${epoch}.${n - 2}`;
    const readers = [await EventReader.open('', { 'last-event-id': after }), await EventReader.open(`?after=${after}`)];
    for (const reader of readers) {
      await eventually(() => reader.events.length >= 2);
      expect(reader.names).toEqual(['seg', 'seg']);
      expect(positions(reader)).toEqual([`${epoch}.${n - 1}`, newest]);
      reader.close();
    }
  });

  it('N3: begins anew for a cursor of another epoch, and waits for one from the future', async () => {
    const older = await EventReader.open('?after=1.5');
    await eventually(() => older.events.length >= 2);
    expect(older.names.slice(0, 2)).toEqual(['reset', 'snap']);
    const [epoch, n] = older.events[1]!.id!.split('.').map(Number) as [number, number];
    const future = await EventReader.open(`?after=${epoch}.${n + 1}`);
    await harness.status(EVENT, 'ada');
    await harness.status(EVENT, 'ada');
    await eventually(() => older.events.length > 2);
    await harness.status(EVENT, 'ada');
    await eventually(() => future.events.length > 0);
    expect(positions(future)[0]).toBe(`${epoch}.${n + 2}`);
    older.close();
    future.close();
  });

  it('refuses a cursor that is none, and an event that is not there', async () => {
    const url = `http://127.0.0.1:${node.port}/v1/events`;
    const garbage = await fetch(`${url}/${EVENT}/stream`, { headers: { 'last-event-id': 'garbage' } });
    expect([garbage.status, garbage.headers.get('cache-control')]).toEqual([400, 'no-store']);
    expect((await fetch(`${url}/nowhere/stream`)).status).toBe(404);
  });

  it('skips who does not read to the newest snapshot, and delays nobody', async () => {
    await harness.turn('page.max_behind', 8);
    const reader = await EventReader.open();
    const stalled = connect(node.port, '127.0.0.1');
    stalled.write(`GET /v1/events/${EVENT}/stream HTTP/1.1\r\nHost: x\r\n\r\n`);
    const received: Buffer[] = [];
    await eventually(() => {
      const chunk = stalled.read() as Buffer | null;
      if (chunk) received.push(chunk);
      return received.length > 0;
    });
    stalled.pause();
    const text = 'x'.repeat(420);
    const before = positions(reader).length;
    for (let i = 0; i < 34; i++) {
      await Promise.all(Array.from({ length: 500 }, (_, k) => harness.status(EVENT, `m${k}`, { text })));
      await eventually(() => positions(reader).length > before + i);
    }
    stalled.on('data', (chunk: Buffer) => received.push(chunk));
    stalled.resume();
    await eventually(() => Buffer.concat(received).includes('event: skip'), { timeoutMs: 10_000 });
    const all = Buffer.concat(received).toString();
    expect(all.indexOf('event: snap', all.indexOf('event: skip'))).toBeGreaterThan(0);
    stalled.destroy();
    reader.close();
  });

  it('can be switched off, and is limited in number and life', async () => {
    const url = `http://127.0.0.1:${node.port}/v1/events/${EVENT}/stream`;
    const held = await EventReader.open();
    await harness.turn('sse.max_per_node', 0);
    await eventually(async () => {
      const answer = await fetch(url);
      await answer.body?.cancel();
      return answer.status === 503 && answer.headers.get('retry-after') === '30';
    });
    await harness.turn('sse.max_life_s', 30);
    expect(held.ended).toBe(false);
    await harness.nodes[0]!.stop();
    await eventually(() => held.ended);
    expect(held.names.at(-1)).toBe('bye');
  });
});
