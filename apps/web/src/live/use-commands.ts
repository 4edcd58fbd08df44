import { createCommands } from '@groundswell/client';
import type { Commands } from '@groundswell/client';
import { useMemo } from 'react';

/** Commands on the page's own origin, as whoever holds `token`. */
export function useCommands(token: string | undefined): Commands {
  return useMemo(() => createCommands({ token: () => token }), [token]);
}
