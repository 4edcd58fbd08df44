import type { Author } from '@groundswell/protocol';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Api } from '../audience/api.js';
import { Audience, type Stage } from '../audience/audience.js';
import { importLines, inventCommunity, type Community } from '../audience/community.js';
import type { Stack } from '../stack/stack.js';
import { DEMO_EVENT } from './demo-event.js';

const SEED = 2026;
/** Raised when the invented community changes, so that it is imported anew. */
const VERSION = 1;

/** The same at each start. */
export function demoCommunity(): Community {
  return inventCommunity(SEED);
}

/** Imports the invented community unless the data has it, and lets it watch the demo event. Returns it to be stopped. */
export async function startDemoAudience(stack: Stack, signal: AbortSignal): Promise<Audience> {
  const community = demoCommunity();
  const api = new Api(stack.ingest, signal);
  const mark = JSON.stringify({ version: VERSION, seed: SEED, nats: process.env['NATS_URL'] ?? 'own' });
  const file = join(stack.data, 'demo-audience.json');
  if ((await readFile(file, 'utf8').catch(() => undefined)) !== mark) {
    const token = await stack.issuer.mint({ id: 'stack', name: 'The stack', roles: ['import'], ttlS: 600 });
    await api.importSocial(importLines(community), { token, key: `demo-${VERSION}-${SEED}` });
    await writeFile(file, mark);
  }
  const audience = new Audience({ seed: SEED, community, stage: stageOf(stack, api), sleep });
  audience.start();
  return audience;
}

/** Posts as each member, with a token of their own that lifts the limits per member. */
function stageOf({ issuer }: Stack, api: Api): Stage {
  const tokens = new Map<string, { token: Promise<string>; until: number }>();
  const tokenOf = ({ id, name }: Author): Promise<string> => {
    const kept = tokens.get(id);
    if (kept && kept.until > Date.now()) return kept.token;
    const token = issuer.mint({ id, name, roles: ['member', 'load'], ttlS: 3_600 });
    tokens.set(id, { token, until: Date.now() + 3_000_000 });
    return token;
  };
  return {
    postStatus: async (author, text, audience) =>
      api.postStatus({ event: DEMO_EVENT.id, text, audience, token: await tokenOf(author) }),
    postComment: async (author, of, text) =>
      api.postComment({ event: DEMO_EVENT.id, of, text, token: await tokenOf(author) }),
  };
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
