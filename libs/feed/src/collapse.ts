import { hamming, simhash, type Simhash } from './simhash.js';

/** Texts that say the same: the first of them, and the indices of the others. */
export interface Cluster {
  first: number;
  others: number[];
}

/**
 * Collapses near-duplicates: each text joins the earliest first text from which it differs in at most `distance` bits of
 * its simhash. Equal texts are found by a map; the rest is compared with every first text.
 */
export function collapse(texts: readonly string[], distance: number): Cluster[] {
  const clusters: Cluster[] = [];
  const hashes: Simhash[] = [];
  const equal = new Map<string, Cluster>();
  texts.forEach((text, index) => {
    let cluster = equal.get(text);
    if (!cluster) {
      const hash = simhash(text);
      cluster = clusters[hashes.findIndex((other) => hamming(hash, other) <= distance)];
      if (!cluster) {
        cluster = { first: index, others: [] };
        clusters.push(cluster);
        hashes.push(hash);
      }
      equal.set(text, cluster);
    }
    if (cluster.first !== index) cluster.others.push(index);
  });
  return clusters;
}
