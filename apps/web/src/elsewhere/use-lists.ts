import type { RemoteNetwork, RemoteProvider } from '@groundswell/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Fetch } from './lists/list-reader.js';
import { LIST_READERS } from './lists/list-readers.js';
import type { Person } from './lists/person.js';
import { faultWords } from './use-attempt.js';

/** The list of one account, as far as it is here, and whose that is, if anybody has said so. */
export type ListState = { account: string; owner?: Person } & (
  | { t: 'taking'; count: number }
  | { t: 'taken'; people: readonly Person[]; cut: boolean }
  | { t: 'failed'; fault: string }
);

export interface TakeWanted {
  network: RemoteNetwork;
  account: string;
  /** Whose it is, if that is known. */
  owner?: Person;
  /** Goes to the network, and is kept nowhere. */
  token?: string;
}

export interface Lists {
  of: (provider: RemoteProvider) => ListState | undefined;
  /** In place of what was there of that network. */
  take: (wanted: TakeWanted) => void;
  /** Ends it when it is being taken. */
  forget: (provider: RemoteProvider) => void;
}

/** The lists that the browser has taken. They are kept as long as the page shows the panel, and sent nowhere. */
export function useLists(fetch: Fetch): Lists {
  const [lists, setLists] = useState<Partial<Record<RemoteProvider, ListState>>>({});
  const running = useRef(new Map<RemoteProvider, AbortController>());
  useEffect(() => {
    const controllers = running.current;
    return () => controllers.forEach((controller) => controller.abort());
  }, []);

  const forget = useCallback((provider: RemoteProvider) => {
    running.current.get(provider)?.abort();
    setLists(({ [provider]: _, ...others }) => others);
  }, []);

  const take = useCallback(
    ({ network: { provider, url }, account, owner, token }: TakeWanted) => {
      forget(provider);
      const controller = new AbortController();
      const { signal } = controller;
      running.current.set(provider, controller);
      const show = (state: ListState) => {
        if (!signal.aborted) setLists((was) => ({ ...was, [provider]: state }));
      };
      const whose = { account, ...(owner ? { owner } : {}) };
      const onCount = (count: number) => show({ t: 'taking', ...whose, count });
      onCount(0);
      const wanted = { account, onCount, ...(token === undefined ? {} : { token }) };
      LIST_READERS[provider].list({ url, fetch, signal }, wanted).then(
        (list) => show({ t: 'taken', ...whose, ...list }),
        (error: unknown) => show({ t: 'failed', ...whose, fault: faultWords(error) }),
      );
    },
    [fetch, forget],
  );
  return { of: (provider) => lists[provider], take, forget };
}
