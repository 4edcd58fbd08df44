/**
 * Whom viewers began or ceased to shun since they were last told. What was changed and changed back meanwhile is no
 * change: bringing a graph into force gives back for a moment what was taken away ahead of it.
 */
export class ShunChanges {
  /** Viewer → other → whether the viewer shunned the other when last told. */
  private readonly told = new Map<string, Map<string, boolean>>();

  /** A viewer's mind about another has changed; `before`: whether the viewer shunned the other until now. */
  note(viewer: string, other: string, before: boolean): void {
    const others = this.told.get(viewer);
    if (!others) this.told.set(viewer, new Map([[other, before]]));
    else if (!others.has(other)) others.set(other, before);
  }

  /** A viewer has been told everything. */
  forget(viewer: string): void {
    this.told.delete(viewer);
  }

  /** The viewers who have to be told, once; `shuns`: whether one shuns another now. */
  take(shuns: (viewer: string, other: string) => boolean): string[] {
    if (this.told.size === 0) return [];
    const viewers = [...this.told]
      .filter(([viewer, others]) => [...others].some(([other, before]) => shuns(viewer, other) !== before))
      .map(([viewer]) => viewer);
    this.told.clear();
    return viewers;
  }
}
