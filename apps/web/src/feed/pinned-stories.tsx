import type { AddOp } from '@groundswell/protocol';
import { AuthorMenu } from './author-menu.js';
import { Avatar } from './avatar.js';
import { RelativeTime } from './relative-time.js';
import { RichText } from './rich-text.js';

/** What the event's hosts have pinned to the top. */
export function PinnedStories({ stories }: { stories: readonly AddOp[] }) {
  if (stories.length === 0) return null;
  return (
    <section aria-label="Pinned" className="pinned">
      {stories.map(({ id, author, at, text, facets }) => (
        <article key={id} className="card story" aria-label={`Pinned: ${author.name}`}>
          <Avatar author={author} small />
          <div className="story-body">
            <header className="byline">
              <span className="author">{author.name}</span>
              <RelativeTime at={at} />
              <span className="badge">Pinned</span>
              <span className="spacer" />
              <AuthorMenu author={author} />
            </header>
            <RichText text={text} facets={facets} />
          </div>
        </article>
      ))}
    </section>
  );
}
