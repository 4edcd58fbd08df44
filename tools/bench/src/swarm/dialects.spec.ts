import { dialect } from './dialects.js';

const OP = { t: 'add', id: 'aaaaaaaaaaaaaaaa', text: 'hi' };
const SINGLY = JSON.stringify(OP).length + 2;

describe('groundswell', () => {
  const spoken = dialect('groundswell', 'final');

  it('says hello for both tabs with a token, for Everyone without', () => {
    expect(JSON.parse(spoken.hello!('t'))).toEqual({
      t: 'hello',
      event: 'final',
      token: 't',
      everyone: null,
      friends: null,
    });
    expect(JSON.parse(spoken.hello!(undefined))).toEqual({ t: 'hello', event: 'final', everyone: null });
  });

  it('is ready with the snapshot of Everyone, and counts segments only', () => {
    expect(spoken.meaning('{"t":"snap","tab":"everyone"')).toEqual({ is: 'ready' });
    expect(spoken.meaning('{"t":"seg","epoch":1')).toEqual({ is: 'statuses' });
    expect(spoken.meaning('{"t":"mark","tab":"everyone"')).toEqual({ is: 'other' });
  });

  it('reads a segment', () => {
    const text = JSON.stringify({ t: 'seg', n: 4, seen: 3, shown: 1, ops: [OP] });
    expect(spoken.read(text)).toEqual({ ids: [OP.id], seen: 3, n: 4, singly: SINGLY });
  });
});

describe('socket.io', () => {
  const spoken = dialect('socket.io', '');

  it('takes part in its handshake and answers its pings', () => {
    expect(spoken.meaning('0{"sid":"x"}')).toEqual({ is: 'answer', send: '40' });
    expect(spoken.meaning('40{"sid":"x"}')).toEqual({ is: 'ready' });
    expect(spoken.meaning('2')).toEqual({ is: 'answer', send: '3' });
    expect(spoken.meaning('6')).toEqual({ is: 'other' });
  });

  it('reads one status and many', () => {
    expect(spoken.read(`42${JSON.stringify(['status', OP])}`)).toEqual({ ids: [OP.id], seen: 1, singly: SINGLY });
    expect(spoken.read(`42${JSON.stringify(['statuses', [OP, OP]])}`).ids).toEqual([OP.id, OP.id]);
  });
});

describe('plain', () => {
  const spoken = dialect('plain', '');

  it('is ready at once and takes everything for statuses', () => {
    expect(spoken.readyAtOnce).toBe(true);
    expect(spoken.meaning('')).toEqual({ is: 'statuses' });
  });

  it('reads single ops and whole segments', () => {
    expect(spoken.read(JSON.stringify(OP)).ids).toEqual([OP.id]);
    expect(spoken.read(JSON.stringify({ t: 'seg', n: 1, seen: 1, shown: 1, ops: [OP] }))).toMatchObject({
      ids: [OP.id],
      n: 1,
    });
  });
});
