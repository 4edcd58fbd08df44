import type { Author } from '@groundswell/protocol';
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Audience } from '../audience/audience.js';
import { DEMO_MEMBERS } from '../audience/community.js';
import type { StartOptions } from '../options.js';
import { findOrInstall } from '../programs/find-or-install.js';
import { colorsFor } from '../screen/colors.js';
import { readyLine } from '../screen/ready-line.js';
import { screen } from '../screen/screen.js';
import type { Grant } from '../portal/token-issuer.js';
import { startStack, type Stack } from '../stack/stack.js';
import { createDemoEvent, DEMO_EVENT } from './demo-event.js';
import { demoCommunity, startDemoAudience } from './demo-audience.js';
import { Networks } from '../networks/networks.js';
import { inventRemoteWorld, NOBODY } from '../networks/remote-world.js';
import { onInterrupt } from './interruption.js';
import { seeOneStatus } from './see-one-status.js';

const NETWORKS_SEED = 2026;

/** Runs the stack until it is interrupted; with `once`, until one status was seen. Resolves to the exit code. */
export async function start(options: StartOptions, root: string): Promise<number> {
  const interruption = onInterrupt();
  const { signal } = interruption;
  const { yellow, dim } = colorsFor(process.stderr);
  const say = (sentence: string) => void process.stderr.write(`${yellow('!')} ${sentence}\n`);
  const tell = (sentence: string) => void process.stderr.write(`  ${sentence}\n`);
  let stack: Stack | undefined;
  let audience: Audience | undefined;
  const stop = async () => {
    // The audience may be waiting for an answer: it ends while the apps drain.
    await Promise.all([audience?.stop(), stack?.stop()]);
  };
  try {
    tell('Starting nats-server, redis-server, ingest, fanout and cron …');
    stack = await startStack({
      ...options,
      root,
      env: process.env,
      networks: networksFor(options),
      find: (wanted) => findOrInstall(wanted, { allowed: options.install, say: tell, signal }),
      say,
      onSignIn: (member) => {
        if (stack && !options.json) tell(`${member.name} signed in. Another link: ${linkOf(stack, member)}`);
      },
      signal,
    });
    await createDemoEvent(stack, signal);
    if (options.once) {
      const { id, seq, n } = await seeOneStatus(stack, signal);
      await stop();
      process.stdout.write(`Posted ${id}, stored at position ${seq}, seen in Everyone in segment ${n}.\n`);
      return 0;
    }
    if (!options.empty) audience = await startDemoAudience(stack, signal);
    await show(stack, options);
    await interruption.happened;
    tell(dim('Stopping …'));
    await stop();
    return 0;
  } catch (error) {
    await stop();
    if (signal.aborted) return interruption.code;
    throw error;
  }
}

/** Nobody looks at them with `once`, which is over sooner without. */
function networksFor({ once, empty }: StartOptions): Networks | undefined {
  if (once) return undefined;
  return new Networks(empty ? NOBODY : inventRemoteWorld(demoCommunity(), NETWORKS_SEED));
}

function linkOf({ page, codes }: Stack, member: Author): string {
  return `${page}/?signin=${codes.issue(member)}`;
}

async function show(stack: Stack, { json, empty, tokenSecret }: StartOptions): Promise<void> {
  const members = DEMO_MEMBERS.map((member) => ({ id: member.id, name: member.name, link: linkOf(stack, member) }));
  if (json) {
    const facts = { event: DEMO_EVENT.id, members, tools: tokenSecret !== undefined };
    process.stdout.write(`${readyLine(stack, facts)}\n`);
    return;
  }
  const tokenFile = await leaveToken(stack, DEMO_MEMBERS[0]!);
  const operatorFile = await leaveToken(stack, { id: 'operator', name: 'Operator', roles: ['operator'] });
  const facts = {
    page: stack.page,
    event: DEMO_EVENT.id,
    nats: stack.nats,
    members,
    tokenFile: shellName(tokenFile),
    operatorFile: shellName(operatorFile),
    logs: shellName(join(stack.data, 'logs')),
    audience: !empty,
  };
  process.stdout.write(`${screen(facts, colorsFor(process.stdout))}\n`);
}

/** A token for commands of the shell, in a file that only its owner can read. Returns the file. */
async function leaveToken(stack: Stack, grant: Grant): Promise<string> {
  const file = join(stack.data, `${grant.id}.token`);
  await writeFile(file, await stack.issuer.mint(grant), { mode: 0o600 });
  return file;
}

/** Short where it can be: relative to where the person is. */
function shellName(path: string): string {
  const short = relative(process.cwd(), path);
  const name = short.startsWith('..') ? path : short;
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
