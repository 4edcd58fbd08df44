import type { Author } from '@groundswell/protocol';
import type { CSSProperties } from 'react';
import { hueOf, initialsOf } from './initials.js';

export function Avatar({ author, small = false }: { author: Author; small?: boolean }) {
  const style = { '--hue': hueOf(author.id) } as CSSProperties;
  return (
    <span className={small ? 'avatar avatar-small' : 'avatar'} style={style} aria-hidden="true">
      {initialsOf(author.name) || '?'}
    </span>
  );
}
