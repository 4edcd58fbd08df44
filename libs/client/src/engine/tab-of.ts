import type { ServerFrame, Tab } from '@groundswell/protocol';

/** Frames that belong to one tab. */
export type ContentFrame = Extract<ServerFrame, { t: 'seg' | 'item' | 'snap' | 'mark' | 'skip' | 'reset' }>;

/** The tab that a frame belongs to. */
export function tabOf(frame: ContentFrame): Tab {
  if (frame.t === 'seg') return 'everyone';
  return frame.t === 'item' ? 'friends' : frame.tab;
}
