import { isSameOrigin } from './same-origin.js';

it.each([
  [{ host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' }, true],
  [{ host: 'localhost:3000', origin: 'http://localhost:3000' }, true],
  [{ host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3001' }, false],
  [{ host: '127.0.0.1:3000', origin: 'https://evil.example' }, false],
  [{ host: '127.0.0.1:3000', origin: 'null' }, false],
  [{ host: '127.0.0.1:3000' }, false],
  [{ origin: 'http://' }, false],
])('%j: %j', (headers, isSame) => {
  expect(isSameOrigin(headers)).toBe(isSame);
});
