import { readFile } from 'node:fs/promises';

/** Mutual friendships, each once. Node ids as the file has them. */
export interface SourceGraph {
  nodes: string[];
  edges: [string, string][];
}

/** Reads an edge list: two ids a line, separated by a comma or white space; a header line is passed over. */
export async function readGraph(file: string): Promise<SourceGraph> {
  return parseGraph(await readFile(file, 'utf8'), file);
}

export function parseGraph(text: string, name: string): SourceGraph {
  const nodes = new Set<string>();
  const seen = new Set<string>();
  const edges: [string, string][] = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const ids = line.trim().split(/[,\s]+/);
    const [a, b] = ids;
    if (ids.length !== 2 || !/^\d+$/.test(a!) || !/^\d+$/.test(b!)) {
      if (index === 0) return;
      throw new Error(`${name}: line ${index + 1} is not a pair of node ids`);
    }
    nodes.add(a!).add(b!);
    const key = Number(a) < Number(b) ? `${a} ${b}` : `${b} ${a}`;
    if (a === b || seen.has(key)) return;
    seen.add(key);
    edges.push([a!, b!]);
  });
  return { nodes: [...nodes], edges };
}
