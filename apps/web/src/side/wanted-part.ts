/** Parts of the page to which letters link, as `?settings=` names them. */
export type Part = 'mail' | 'accounts';

/** Whether the address of the page leads to what only members see: what they were told, or what they have set. */
export function isLinkOfLetter(): boolean {
  const { searchParams } = new URL(window.location.href);
  return searchParams.has('notice') || searchParams.has('settings');
}

export function isWanted(part: Part | undefined): boolean {
  return part !== undefined && new URL(window.location.href).searchParams.get('settings') === part;
}
