import { paths } from '@groundswell/protocol';
import type { Plan } from '../plan/plan.js';
import { importGraph } from './import-graph.js';
import type { Stack } from './stack.js';

export interface PrepareOptions {
  stack: Stack;
  event: string;
  plan: Plan;
  /** Members who will watch. */
  viewers: readonly string[];
  /** Something that happened, for people to read. */
  say: (sentence: string) => void;
}

/** Puts an event on air and the whole graph into the log. Resolves with a token for everybody who posts or watches. */
export async function prepare({ stack, event, plan, viewers, say }: PrepareOptions): Promise<Map<string, string>> {
  const { ingest } = stack.addresses;
  const [operator, importer] = await stack.tokens([
    { id: 'operator', name: 'Operator', roles: ['operator'] },
    { id: 'importer', name: 'Importer', roles: ['import'] },
  ]);
  await createEvent(ingest, event, operator!);
  say(`importing ${plan.members.length} members and ${plan.edges.length} friendships`);
  await importGraph({ ingest, token: importer!, plan, onProgress: () => undefined });
  return tokensOf(stack, plan, viewers);
}

async function createEvent(ingest: string, event: string, token: string): Promise<void> {
  const answer = await fetch(new URL(paths.events(), ingest), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ id: event, title: 'Replay' }),
  });
  if (!answer.ok) throw new Error(`the event could not be created: ${answer.status} ${await answer.text()}`);
}

async function tokensOf(stack: Stack, plan: Plan, viewers: readonly string[]): Promise<Map<string, string>> {
  const names = new Map(plan.members.map(({ id, name }) => [id, name]));
  const ids = [...new Set([...viewers, ...plan.posts.map(({ author }) => author)])];
  const members = ids.map((id) => ({ id, name: names.get(id) ?? id, roles: ['member', 'load'] }));
  const tokens = await stack.tokens(members);
  return new Map(ids.map((id, i) => [id, tokens[i]!]));
}
