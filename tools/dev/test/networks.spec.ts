/** The double in a process of its own, with the members of the demo. Needs the built tool: `npm run build`. */
import { eventually, useTempDir } from '@groundswell/testing';
import { inventCommunity } from '../src/audience/community.js';
import { Networks } from '../src/networks/networks.js';
import { networksProcess } from '../src/networks/networks-process.js';
import { inventRemoteWorld } from '../src/networks/remote-world.js';
import { Journal } from '../src/stack/journal.js';
import type { Supervised } from '../src/stack/supervised.js';
import { ROOT } from './start-process.js';

describe('the double of the networks', () => {
  const dir = useTempDir();
  const networks = new Networks(inventRemoteWorld(inventCommunity(7), 7));
  const said: string[] = [];
  let journal: Journal;
  let double: Supervised;

  beforeAll(async () => {
    const say = (sentence: string) => void said.push(sentence);
    journal = new Journal(dir.path, say);
    double = networksProcess(networks, { root: ROOT, journal, say });
    await double.start();
  }, 30_000);
  afterAll(async () => {
    await double.stop(1_000);
    await journal.close();
  });

  const listOf = async (): Promise<string[]> => {
    const { id } = networks.find('bluesky', 'ada')!;
    const path = `/bluesky/xrpc/app.bsky.graph.getFollowers?limit=100&actor=${encodeURIComponent(id)}`;
    const answer = await fetch(networks.url + path);
    return ((await answer.json()) as { followers: { did: string }[] }).followers.map(({ did }) => did);
  };

  it('lists the followers of a demo member', async () => {
    expect(await listOf()).toHaveLength(100);
  });

  it('knows the tokens', async () => {
    const { id, token } = networks.find('graph', 'cleo')!;
    const answer = await fetch(`${networks.url}/graph/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(await answer.json()).toEqual({ id, name: 'Cleo Conrad' });
  });

  it('takes changes, and still has them after a crash', async () => {
    const ada = networks.find('bluesky', 'ada')!;
    const [follower] = networks.followers(ada);
    expect(await listOf()).toContain(follower!.id);
    expect(await networks.setFollowing(follower!.id, ada.id, false)).toBe(true);
    expect(await listOf()).not.toContain(follower!.id);
    const before = networks.url;
    process.kill(double.pid!, 'SIGKILL');
    await eventually(() => said.includes('networks runs again.'), { timeoutMs: 20_000, message: 'it runs again' });
    expect(networks.url).toBe(before);
    expect(await listOf()).not.toContain(follower!.id);
    expect(await networks.setFollowing(follower!.id, ada.id, true)).toBe(true);
    expect(await listOf()).toContain(follower!.id);
  }, 30_000);
});
