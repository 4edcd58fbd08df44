import type { Row } from '../report/row.js';
import { ourTarget, type Scene } from './scene.js';
import { measureBoot } from './boot.js';
import { signUp } from './audience.js';
import { measureOurs } from './ours.js';
import { measurePeers } from './peers.js';
import { everyoneRows } from './rows.js';

/** Everyone, side by side with its peers. The peers come first: what they hold says where to compare. */
export async function everyone(scene: Scene): Promise<Row[]> {
  const { stack, swarm, sizes, say } = scene;
  const peers = await measurePeers(scene);
  say(`fan-out: ${sizes.sockets} members with ten friends each`);
  const tokens = await signUp(stack, sizes.sockets);
  await stack.turn('socket.handshakes_per_s', 10_000);
  const fanout = await stack.app('fanout');
  await swarm.aim(ourTarget(fanout, tokens));
  const ours = await measureOurs(scene, { fanout, tokens, peers });
  await swarm.resize(0);
  await fanout.stop();
  const boot = await measureBoot(scene);
  return everyoneRows({ ours, peers, boot, verification: scene.verification });
}
