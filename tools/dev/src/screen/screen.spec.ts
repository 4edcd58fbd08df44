import { colorsFor } from './colors.js';
import { readyLine } from './ready-line.js';
import { screen } from './screen.js';

const facts = {
  page: 'http://127.0.0.1:3000',
  event: 'demo',
  nats: 'nats://127.0.0.1:4222',
  members: [
    { name: 'Ada', link: 'http://127.0.0.1:3000/?signin=one' },
    { name: 'Cleo', link: 'http://127.0.0.1:3000/?signin=two' },
  ],
  tokenFile: '.data/ada.token',
  operatorFile: '.data/operator.token',
  logs: '.data/logs',
  audience: true,
};

describe('screen', () => {
  it('says where the page is, how to sign in, post, subscribe, operate and stop', () => {
    const text = screen(facts, colorsFor({}));
    expect(text).toContain('http://127.0.0.1:3000/   a few hundred');
    expect(text).toContain('Ada   http://127.0.0.1:3000/?signin=one\n  Cleo  http://127.0.0.1:3000/?signin=two');
    expect(text).toContain(
      'curl http://127.0.0.1:3000/v1/events/demo/statuses -H "authorization: Bearer $(cat .data/ada.token)"',
    );
    expect(text).toContain("nats sub -s nats://127.0.0.1:4222 'gs.live.v1.>'");
    expect(text).toContain("new WebSocket('ws://127.0.0.1:3000/v1/socket', 'groundswell.v1')");
    expect(text).toContain('http://127.0.0.1:3000/dev/mail ');
    expect(text).toContain('http://127.0.0.1:3000/dev/networks ');
    expect(text).toContain('npm run levers -- list');
    expect(text).toContain('statuses/STATUS_ID/pin -H "authorization: Bearer $(cat .data/operator.token)"');
    expect(text).toContain('Ctrl-C');
    expect(text).toContain('.data/logs');
  });

  it('is plain where there is no terminal, and does not promise an audience that is not there', () => {
    const text = screen({ ...facts, audience: false }, colorsFor({}));
    expect(text.includes('\x1b')).toBe(false);
    expect(text).not.toContain('a few hundred');
  });
});

describe('readyLine', () => {
  it('is one line of JSON with addresses and process ids', () => {
    const stack = {
      data: '/d',
      page: facts.page,
      ingest: 'http://127.0.0.1:1',
      fanouts: ['http://127.0.0.1:2', 'http://127.0.0.1:3'],
      nats: facts.nats,
      redis: 'redis://127.0.0.1:6379',
      networks: undefined,
      processes: { pids: { ingest: 11, 'fanout-1': 12, 'fanout-2': 13, redis: 14 } },
    };
    const line = readyLine(stack, { event: 'demo', members: [{ id: 'ada', name: 'Ada', link: 'l' }], tools: true });
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toMatchObject({
      t: 'ready',
      page: facts.page,
      pids: { ingest: 11, fanouts: [12, 13], redis: 14 },
      networks: null,
      tokensUrl: 'http://127.0.0.1:3000/dev/tokens',
    });
    expect(JSON.parse(readyLine(stack, { event: 'demo', members: [], tools: false }))).toMatchObject({
      tokensUrl: null,
      processesUrl: null,
    });
  });
});
