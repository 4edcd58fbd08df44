import type { RemoteProvider } from '@groundswell/protocol';
import { bluesky } from './bluesky.js';
import { graph } from './graph.js';
import type { ListReader } from './list-reader.js';
import { mastodon } from './mastodon.js';

export const LIST_READERS: Readonly<Record<RemoteProvider, ListReader>> = { graph, bluesky, mastodon };
