import { SUBPROTOCOL, paths } from '@groundswell/protocol';
import type { Colors } from './colors.js';

export interface ScreenFacts {
  page: string;
  event: string;
  nats: string;
  /** Who can sign in, and their link. */
  members: readonly { name: string; link: string }[];
  /** File that holds a token of the first of them, as a shell command can name it. */
  tokenFile: string;
  /** The same of an operator. */
  operatorFile: string;
  /** Folder of the logs. */
  logs: string;
  /** Whether a synthetic audience posts. */
  audience: boolean;
}

/** All that a person needs, once, when everything runs. */
export function screen(facts: ScreenFacts, { bold, dim, cyan }: Colors): string {
  const { page, event, nats, members, tokenFile, operatorFile, logs, audience } = facts;
  const width = Math.max(...members.map(({ name }) => name.length));
  const hello = JSON.stringify({ t: 'hello', event, everyone: null });
  const socket = `${page.replace(/^http/, 'ws')}${paths.socket()}`;
  const block = (title: string, lines: readonly string[]) => [bold(title), ...lines.map((line) => `  ${line}`), ''];
  return [
    '',
    ...block('Groundswell is on air', [
      `${cyan(`${page}/`)}${audience ? dim('   a few hundred made-up members are watching a match') : ''}`,
    ]),
    ...block(
      'Sign in (each link works once)',
      members.map(({ name, link }) => `${name.padEnd(width)}  ${cyan(link)}`),
    ),
    ...block(`Post as ${members[0]?.name ?? ''}`, [
      `curl ${page}${paths.statuses(event)} -H "authorization: Bearer $(cat ${tokenFile})" \\`,
      `  -H 'content-type: application/json' -d '{"text":"Hello from the shell"}'`,
    ]),
    ...block('Subscribe', [
      `nats sub -s ${nats} 'gs.live.v1.>'`,
      dim('or in the console of a browser:'),
      `s = new WebSocket('${socket}', '${SUBPROTOCOL}'); s.onmessage = (m) => console.log(m.data);`,
      `s.onopen = () => s.send('${hello}')`,
    ]),
    ...block('Letters', [
      `${cyan(`${page}/dev/mail`)}${dim('   all that the notifier sends: nothing leaves this machine')}`,
    ]),
    ...block('Other networks', [
      `${cyan(`${page}/dev/networks`)}${dim('   accounts to connect, and who stops following whom: three stand-ins')}`,
    ]),
    ...block('Operate', [
      `npm run levers -- list${dim('   what can be turned while it runs; -- set LEVER VALUE turns it')}`,
      `curl -X PUT ${page}${paths.pin(event, 'STATUS_ID')} -H "authorization: Bearer $(cat ${operatorFile})"`,
    ]),
    ...block('Stop', [`Ctrl-C${dim(`   logs: ${logs}`)}`]),
  ].join('\n');
}
