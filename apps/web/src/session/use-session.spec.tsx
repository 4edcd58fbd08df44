/** @jest-environment jsdom */
import { jest } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';
import { useSession } from './use-session.js';

const ann = { id: 'ann', name: 'Ann' };
const jwt = (exp: number) => `e30.${btoa(JSON.stringify({ exp })).replaceAll('=', '')}.x`;
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;

/** Answers the exchange of a code. */
function portal(status: number, body?: unknown) {
  const asked: unknown[] = [];
  globalThis.fetch = ((url: string, init: RequestInit) => {
    asked.push([url, init.method, JSON.parse(init.body as string)]);
    return Promise.resolve({ status, ok: status < 300, json: () => Promise.resolve(body) } as Response);
  }) as typeof fetch;
  return asked;
}

async function open(address: string) {
  window.history.replaceState(null, '', address);
  const hook = await act(async () => renderHook(() => useSession()));
  return hook.result;
}

describe('useSession', () => {
  beforeEach(() => window.sessionStorage.clear());

  it('exchanges a one-time code, takes it out of the address, and keeps the token for this tab', async () => {
    const asked = portal(200, { token: jwt(inSeconds(60)), member: ann });
    const result = await open('/?event=final&signin=CODE');
    expect(asked).toEqual([['/dev/sign-in', 'POST', { code: 'CODE' }]]);
    expect(window.location.search).toBe('?event=final');
    expect(result.current.session).toMatchObject({ t: 'in', member: ann });
    const again = await open('/');
    expect(again.current.session).toMatchObject({ t: 'in', member: ann });
  });

  it.each([
    [404, undefined, 'no-portal'],
    [400, undefined, 'bad-code'],
    [200, { token: 5 }, 'bad-code'],
    [503, undefined, 'unreachable'],
  ])('a portal that answers %d with %p signs nobody in: %s', async (status, body, reason) => {
    portal(status, body);
    const result = await open('/?signin=CODE');
    expect(result.current.session).toEqual({ t: 'out', reason });
  });

  it('signs out when the token expires', async () => {
    jest.useFakeTimers();
    portal(200, { token: jwt(inSeconds(30)), member: ann });
    const result = await open('/?signin=CODE');
    expect(result.current.session.t).toBe('in');
    act(() => {
      jest.advanceTimersByTime(31_000);
    });
    jest.useRealTimers();
    expect(result.current.session).toEqual({ t: 'out', reason: 'expired' });
    expect(window.sessionStorage).toHaveLength(0);
  });

  it('starts signed out with a token that has expired, or with a store that makes no sense', async () => {
    window.sessionStorage.setItem('groundswell.session', JSON.stringify({ token: jwt(1), member: ann }));
    expect((await open('/')).current.session).toEqual({ t: 'out', reason: 'expired' });
    window.sessionStorage.setItem('groundswell.session', '{');
    expect((await open('/')).current.session).toEqual({ t: 'out' });
  });
});
