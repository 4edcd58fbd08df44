import { parseClientMessage } from './client-messages.js';

describe('W1: messages of a client', () => {
  it('are parsed and typed', () => {
    const hello = { t: 'hello', event: 'final', everyone: { epoch: 1, n: 2 }, friends: null, rank: 'top' };
    expect(parseClientMessage(JSON.stringify(hello))).toEqual({
      t: 'hello',
      message: { event: 'final', everyone: { epoch: 1, n: 2 }, friends: null, rank: 'top' },
    });
    expect(parseClientMessage('{"t":"show","tab":"friends"}')).toEqual({ t: 'show', message: { tab: 'friends' } });
    expect(parseClientMessage('{"t":"ping"}')).toEqual({ t: 'ping', message: {} });
  });

  it.each([
    ['{"t":"hello"', 'invalid_json'],
    ['[]', 'invalid_message'],
    ['7', 'invalid_message'],
    ['{}', 'unknown_message'],
    ['{"t":"__proto__"}', 'unknown_message'],
    ['{"t":"toString"}', 'unknown_message'],
    ['{"t":"hello"}', 'invalid_message'],
    ['{"t":"hello","event":"No Such"}', 'invalid_message'],
    ['{"t":"hello","event":"e","everyone":{"epoch":1,"n":-1}}', 'invalid_message'],
    ['{"t":"hello","event":"e","everyone":{"epoch":1,"n":1e300}}', 'invalid_message'],
    ['{"t":"hello","event":"e","friends":{"epoch":1,"n":1}}', 'invalid_message'],
    ['{"t":"hello","event":"e","colour":"red"}', 'invalid_message'],
    ['{"t":"hello","event":"e","friends":null,"rank":"best"}', 'invalid_message'],
    ['{"t":"show","tab":"all"}', 'invalid_message'],
    ['{"t":"ping","now":1}', 'invalid_message'],
    [`{"t":"auth","token":"${'x'.repeat(5000)}"}`, 'invalid_message'],
    ['{"t":"hello","event":"e","everyone":[]}', 'invalid_message'],
  ])('%.60s is refused as %s', (text, fault) => {
    expect(parseClientMessage(text)).toMatchObject({ fault });
  });

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('of %s in one another do not exhaust the stack', (_, open, close) => {
    const depth = 2_700;
    const text = `{"t":"hello","event":"e","everyone":${open.repeat(depth)}1${close.repeat(depth)}}`;
    expect(parseClientMessage(text)).toMatchObject({ fault: 'invalid_message' });
  });
});
