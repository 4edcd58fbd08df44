/** Every provider does what all do: the remote ones against the double's process. */
import { bluesky } from '../src/providers/dialects/bluesky.js';
import { graph } from '../src/providers/dialects/graph.js';
import { mastodon } from '../src/providers/dialects/mastodon.js';
import { OwnStage } from './own-stage.js';
import { describeProvider } from './provider-contract.js';
import { startRemote, type Names } from './remote-stage.js';

const numbers: Names = { watcher: (number) => String(number), subject: (number) => String(1000 + number) };
const dids: Names = {
  watcher: (number) => `did:web:watcher-${number}.example`,
  subject: (number) => `did:web:subject-${number}.example`,
};

describeProvider({
  name: 'own',
  yes: 'married',
  no: 'single',
  gone: 'gone',
  start: () => Promise.resolve(new OwnStage()),
});
describeProvider({
  name: 'graph',
  yes: 'married',
  no: 'single',
  gone: 'unknown',
  start: () => startRemote(graph, numbers),
});
describeProvider({
  name: 'bluesky',
  yes: 'follows',
  no: 'follows_not',
  gone: 'gone',
  start: () => startRemote(bluesky, dids),
});
describeProvider({
  name: 'mastodon',
  yes: 'follows',
  no: 'follows_not',
  gone: 'unknown',
  start: () => startRemote(mastodon, numbers),
});
