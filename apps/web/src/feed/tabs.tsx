import type { Tab } from '@groundswell/protocol';
import type { KeyboardEvent } from 'react';

const LABELS: Record<Tab, string> = { everyone: 'Everyone', friends: 'Friends' };
const OTHER: Record<Tab, Tab> = { everyone: 'friends', friends: 'everyone' };

interface Props {
  shown: Tab;
  /** Friends' items not seen yet. */
  unseen: number;
  onShow: (tab: Tab) => void;
}

export function tabId(tab: Tab): string {
  return `tab-${tab}`;
}

/** The two tabs, by the keyboard pattern of tab lists: arrows move, only the shown one is in the tab order. */
export function Tabs({ shown, unseen, onShow }: Props) {
  const move = (event: KeyboardEvent) => {
    if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) return;
    event.preventDefault();
    const next = event.key === 'Home' ? 'everyone' : event.key === 'End' ? 'friends' : OTHER[shown];
    onShow(next);
    document.getElementById(tabId(next))?.focus();
  };
  return (
    <div role="tablist" aria-label="Feeds" className="tabs" onKeyDown={move}>
      {(['everyone', 'friends'] as const).map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={tabId(tab)}
          className="tab"
          aria-selected={tab === shown}
          aria-controls="tabpanel"
          tabIndex={tab === shown ? 0 : -1}
          onClick={() => onShow(tab)}
        >
          {LABELS[tab]}
          {tab === 'friends' && unseen > 0 && (
            <span className="count" aria-label={`${unseen} unseen`}>
              {unseen > 99 ? '99+' : unseen}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
