import { handshake, readAnswer } from './handshake.js';

describe('handshake', () => {
  const { request, accept } = handshake({ host: 'h:1', path: '/v1/socket', subprotocol: 'p', compress: true });

  it('offers compression as browsers do', () => {
    const text = request.toString();
    expect(text).toMatch(/^GET \/v1\/socket HTTP\/1\.1\r\nHost: h:1\r\n/);
    expect(text).toContain('Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n');
    expect(text).toContain('Sec-WebSocket-Protocol: p\r\n\r\n');
  });

  it('offers nothing when it shall not', () => {
    const plain = handshake({ host: 'h:1', path: '/', compress: false });
    expect(plain.request.toString()).not.toContain('Extensions');
  });

  it('takes the answer that belongs to its key only', () => {
    const answer = `HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: ${accept}`;
    expect(readAnswer(answer, accept)).toEqual({ deflate: false });
    expect(readAnswer(`${answer}\r\nSec-WebSocket-Extensions: permessage-deflate`, accept)).toEqual({ deflate: true });
    expect(readAnswer(answer, 'other')).toBeUndefined();
    expect(readAnswer(`HTTP/1.1 503 Service Unavailable\r\n${accept}`, accept)).toBeUndefined();
  });
});
