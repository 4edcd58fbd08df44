import type { ReactNode } from 'react';
import { useLeadTo } from './use-lead-to.js';
import type { SideState } from './use-side.js';
import { isWanted, type Part } from './wanted-part.js';

interface Props<T> {
  title: string;
  /** By which letters link to it. */
  part?: Part;
  state: SideState<T>;
  children: (side: T, busy: boolean) => ReactNode;
}

/** A panel with what the server knows of the viewer, or why it cannot be shown. */
export function SidePanel<T>({ title, part, state, children }: Props<T>) {
  const heading = useLeadTo<HTMLHeadingElement>(isWanted(part) && state.t !== 'loading');
  return (
    <div className="card panel">
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {state.t === 'loading' && <p className="quiet">Loading…</p>}
      {state.t === 'failed' && <p className="fault">{state.message}</p>}
      {state.t === 'ready' && (
        <>
          {state.message !== undefined && (
            <p className="fault" role="alert">
              {state.message}
            </p>
          )}
          {children(state.side, state.busy)}
        </>
      )}
    </div>
  );
}
