import { jest } from '@jest/globals';
import { SUBPROTOCOL } from '@groundswell/protocol';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { constants, deflateRawSync } from 'node:zlib';
import type { FanoutApp } from '../src/fanout-app.js';
import { Harness } from './harness.js';
import { PlainSocket } from './plain-socket.js';

jest.setTimeout(30_000);

const nats = useNats();
const redis = useRedis();
const EVENT = 'final';
const TEXT = 'goal '.repeat(50).trim();
let harness: Harness;
let node: FanoutApp;

beforeAll(async () => {
  harness = await Harness.start(nats, redis);
  await harness.event(EVENT);
  node = await harness.node();
  for (let i = 0; i < 3; i++) await harness.status(EVENT, 'ada', { text: TEXT });
});
afterAll(() => harness.stop());

/** Everything that is sent is compressed, as browsers do. */
const OFFER = { perMessageDeflate: { threshold: 0 } };

async function compressing(hello: object = { everyone: null }): Promise<PlainSocket> {
  const socket = await PlainSocket.open(node.port, SUBPROTOCOL, OFFER);
  socket.send({ t: 'hello', event: EVENT, ...hello });
  await socket.next('welcome');
  return socket;
}

describe('compression', () => {
  it('W4: a client of ws reads the same with it and without', async () => {
    const [small, plain] = [await compressing(), await PlainSocket.greet(node.port, { event: EVENT, everyone: null })];
    await Promise.all([small.next('snap'), plain.next('snap')]);
    for (let i = 0; i < 20; i++) await harness.status(EVENT, 'ada', { text: `${i} ${TEXT}` });
    const { id } = await harness.status(EVENT, 'ada', { text: 'the end' });
    await eventually(() => small.everyone.includes(id) && plain.everyone.includes(id));
    expect(small.extensions).toBe('permessage-deflate');
    expect(small.everyone).toEqual(plain.everyone);
    small.send({ t: 'ping' });
    await small.next('pong');
    small.end();
    plain.end();
  });

  it('W4: the WebSocket of Node reads it', async () => {
    const { output, end } = nodeClient(JSON.stringify({ t: 'hello', event: EVENT, everyone: null }));
    await eventually(() => output().includes('{"t":"snap"'));
    const { id } = await harness.status(EVENT, 'ada', { text: TEXT });
    await eventually(() =>
      output()
        .split('\n')
        .some((line) => line.startsWith('{"t":"seg"') && line.includes(id)),
    );
    expect(output()).toContain('extensions: permessage-deflate');
    end();
  });

  it('W2: those who come back get what they missed, compressed', async () => {
    const first = await compressing();
    const { cursor } = await first.next('snap');
    first.end();
    const ids = [];
    for (let i = 0; i < 5; i++) ids.push((await harness.status(EVENT, 'ada', { text: TEXT })).id);
    const again = await compressing({ everyone: cursor });
    await eventually(() => again.everyone.length === 5);
    expect(again.everyone).toEqual(ids);
    again.end();
  });

  it('W1: a small frame that inflates above the limit closes with 1009', async () => {
    const socket = await compressing();
    socket.send('x'.repeat(1_000_000));
    expect((await socket.close()).code).toBe(1009);
  });

  it('W1: a wrong message that is compressed is answered like any other', async () => {
    const socket = await compressing();
    for (let i = 0; i < 2; i++) socket.send('{"t":');
    await socket.next('error', 2);
    expect(socket.all('error').map(({ code }) => code)).toEqual(['invalid_json', 'invalid_json']);
    socket.end();
  });

  it('W1: one message in many fragments is read, as is the one behind it', async () => {
    const { socket, head } = await handshake('permessage-deflate; client_max_window_bits');
    expect(head).toContain('permessage-deflate; server_no_context_takeover; client_no_context_takeover');
    const hello = deflated(JSON.stringify({ t: 'hello', event: EVENT, everyone: { epoch: 2 ** 52, n: 1 } }));
    const received: Buffer[] = [];
    socket.on('data', (bytes: Buffer) => received.push(bytes));
    const pieces = Array.from(hello, (byte) => Buffer.from([byte]));
    const frames = pieces.map((piece, i) =>
      masked((i === 0 ? 0x41 : 0x00) | (i === pieces.length - 1 ? 0x80 : 0), piece),
    );
    socket.write(Buffer.concat([...frames, masked(0xc1, deflated('{"t":"ping"}'))]));
    await eventually(() => Buffer.concat(received).includes('"t":"pong"'));
    expect(Buffer.concat(received).toString('latin1')).toContain('"t":"welcome"');
    socket.destroy();
  });

  it('W1: bytes that are no deflated message close with 1007', async () => {
    const { socket } = await handshake('permessage-deflate');
    const received: Buffer[] = [];
    socket.on('data', (bytes: Buffer) => received.push(bytes));
    socket.write(masked(0xc1, Buffer.from('not deflated at all')));
    await once(socket, 'close');
    expect(Buffer.concat(received).readUInt16BE(2)).toBe(1007);
  });

  it('W4: an offer that cannot be met goes on without', async () => {
    const { socket, head } = await handshake('permessage-deflate; server_max_window_bits=9');
    expect(head).toContain('101 Switching Protocols');
    expect(head).not.toContain('permessage-deflate');
    socket.destroy();
  });
});

/** A client in a process of its own, since Node 20 has its WebSocket behind a flag. It prints what it gets. */
function nodeClient(hello: string) {
  const program = `
    const socket = new WebSocket('ws://127.0.0.1:${node.port}/v1/socket', '${SUBPROTOCOL}');
    socket.onmessage = ({ data }) => console.log(data);
    socket.onopen = () => {
      console.log('extensions: ' + socket.extensions);
      socket.send(process.argv[1]);
    };`;
  const child = spawn(process.execPath, ['--experimental-websocket', '-e', program, hello]);
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
  return { output: () => output, end: () => void child.kill() };
}

function deflated(text: string): Buffer {
  return deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);
}

/** A frame with a mask of zeros; `first` holds its flags and opcode. */
function masked(first: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([first, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

async function handshake(extensions: string) {
  const socket = connect({ host: '127.0.0.1', port: node.port });
  const lines = [
    'GET /v1/socket HTTP/1.1',
    'Host: spec',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    `Sec-WebSocket-Protocol: ${SUBPROTOCOL}`,
    `Sec-WebSocket-Extensions: ${extensions}`,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const [head] = (await once(socket, 'data')) as [Buffer];
  return { socket, head: head.toString('latin1') };
}
