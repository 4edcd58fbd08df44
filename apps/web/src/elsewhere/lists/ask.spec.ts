import { jest } from '@jest/globals';
import { NetworkOnPaper } from '../../../test/network-on-paper.js';
import { ask } from './ask.js';

describe('ask', () => {
  it.each([
    [401, 'refused'],
    [403, 'refused'],
    [404, 'unknown_account'],
    [418, 'unexpected'],
    [429, 'busy'],
    [502, 'unreachable'],
  ])('tells what the status %i means', async (status, code) => {
    const network = new NetworkOnPaper([{ status, body: '<html>' }]);
    await expect(ask(network.place(), { path: '/' })).rejects.toMatchObject({ name: 'ListFault', code });
  });

  it('does not take a page for an answer', async () => {
    const network = new NetworkOnPaper([{ body: '<html>' }]);
    await expect(ask(network.place(), { path: '/' })).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('tells of a network that does not answer, and why', async () => {
    const cause = new TypeError('Failed to fetch');
    const network = new NetworkOnPaper(() => Promise.reject(cause));
    await expect(ask(network.place(), { path: '/' })).rejects.toMatchObject({ code: 'unreachable', cause });
  });

  it('does not wait for ever', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort(new Error('15 s are over')));
    const network = new NetworkOnPaper([{ body: {} }]);
    await expect(ask(network.place(), { path: '/' })).rejects.toMatchObject({ code: 'unreachable' });
    timeout.mockRestore();
  });

  it('ends with the reason of who did not want to wait', async () => {
    const controller = new AbortController();
    const network = new NetworkOnPaper(() => {
      controller.abort(new Error('closed'));
      return { body: {} };
    });
    await expect(ask(network.place(controller.signal), { path: '/' })).rejects.toThrow('closed');
  });
});
