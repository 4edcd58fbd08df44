import { useEffect, useRef, type RefObject } from 'react';

/** What a reader does when they go elsewhere themselves. */
const OWN_WAYS = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/** Longest time in which the parts above still grow, milliseconds. */
const SETTLE_MS = 5_000;

/**
 * Brings the reader to a part of the page once it is there, with the focus on its heading. Parts above it that are read
 * later would push it away again, so it is followed until they have settled or the reader moves.
 */
export function useLeadTo<E extends HTMLElement>(wanted: boolean): RefObject<E | null> {
  const heading = useRef<E>(null);
  useEffect(() => {
    const goal = heading.current;
    const around = goal?.closest('aside') ?? goal?.parentElement;
    if (!wanted || !goal || !around) return;
    const lead = () => goal.scrollIntoView({ block: 'start' });
    const changes = new MutationObserver(lead);
    const end = () => {
      changes.disconnect();
      clearTimeout(timer);
      for (const way of OWN_WAYS) window.removeEventListener(way, end);
    };
    const timer = setTimeout(end, SETTLE_MS);
    for (const way of OWN_WAYS) window.addEventListener(way, end, { passive: true });
    changes.observe(around, { childList: true, subtree: true });
    goal.focus({ preventScroll: true });
    lead();
    return end;
  }, [wanted]);
  return heading;
}
