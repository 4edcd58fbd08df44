import { socketAddress } from './socket-address.js';

describe('socketAddress', () => {
  it('keeps host and security of the page', () => {
    expect(socketAddress('http://localhost:3000')).toBe('ws://localhost:3000/v1/socket');
    expect(socketAddress('https://a.example/')).toBe('wss://a.example/v1/socket');
  });

  it('refuses what is not a web address', () => {
    expect(() => socketAddress('file:///tmp')).toThrow('Not an http or https address: "file:///tmp"');
  });
});
