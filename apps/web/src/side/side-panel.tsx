import type { ReactNode } from 'react';
import type { SideState } from './use-side.js';

interface Props<T> {
  title: string;
  state: SideState<T>;
  children: (side: T, busy: boolean) => ReactNode;
}

/** A panel with what the server knows of the viewer, or why it cannot be shown. */
export function SidePanel<T>({ title, state, children }: Props<T>) {
  return (
    <div className="card panel">
      <h2>{title}</h2>
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
