import { startNatsCluster, type ClusterMember, type NatsCluster } from '@groundswell/launch';
import { tempDir, type TempDir } from './temp-dir.js';

/** A cluster of three real nats-servers for the tests of a `describe` block; for tests and hooks only. */
export interface TestCluster {
  /** Addresses of all members, separated by commas. */
  readonly url: string;
  readonly members: readonly ClusterMember[];
}

const START_MS = 60_000;

/** Runs from `beforeAll` to `afterAll`. */
export function useNatsCluster(): TestCluster {
  let dir: TempDir | undefined;
  let cluster: NatsCluster | undefined;
  const running = (): NatsCluster => {
    if (!cluster) throw new Error('the cluster exists only while tests run');
    return cluster;
  };
  beforeAll(async () => {
    dir = await tempDir();
    cluster = await startNatsCluster({ dir: dir.path });
  }, START_MS);
  afterAll(async () => {
    await Promise.all(cluster?.members.map((member) => member.kill()) ?? []);
    await dir?.remove();
  }, START_MS);
  return {
    get url() {
      return running().urls.join(',');
    },
    get members() {
      return running().members;
    },
  };
}
