import { createCommands } from '@groundswell/client';
import type { Commands, HttpRequest } from '@groundswell/client';
import { useMemo } from 'react';

/** Commands on the page's own origin, as whoever holds `token`; `onRefused` when the server does not take it. */
export function useCommands(token: string | undefined, onRefused?: () => void): Commands {
  return useMemo(() => {
    const fetch = async (url: string, request: HttpRequest) => {
      const answer = await globalThis.fetch(url, request);
      if (answer.status === 401 && token !== undefined) onRefused?.();
      return answer;
    };
    return createCommands({ token: () => token, fetch });
  }, [token, onRefused]);
}
