import { useSyncExternalStore } from 'react';

/** Scrolled further than this counts as reading further down, pixels. */
const TOP_PX = 240;

function subscribe(listener: () => void): () => void {
  window.addEventListener('scroll', listener, { passive: true });
  return () => window.removeEventListener('scroll', listener);
}

/** Whether the top of the page is on screen. Looked up at every drawing: scroll events come a frame late. */
export function useAtTop(): boolean {
  return useSyncExternalStore(subscribe, () => window.scrollY <= TOP_PX);
}
