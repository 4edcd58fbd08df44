import { headerBlock } from './header-block.js';

const text = (block: ReturnType<typeof headerBlock>) => String((block as unknown as { encode(): Buffer }).encode());

describe('headerBlock', () => {
  it('writes names as they are, and the expected position', () => {
    expect(text(headerBlock({ 'ce-id': 'x', 'Nats-Msg-Id': 'x' }, 4))).toBe(
      'NATS/1.0\r\nce-id: x\r\nNats-Msg-Id: x\r\nNats-Expected-Last-Subject-Sequence: 4\r\n\r\n',
    );
  });

  it('refuses a value that would become a header of its own', () => {
    expect(() => headerBlock({ a: 'x\r\nb: y' })).toThrow('line break');
  });
});
