/** Who may depend on whom. A project that is not in this table fails the check. */

export type Platform = 'any' | 'node' | 'web';

export interface Rule {
  type: 'app' | 'contract' | 'domain' | 'adapter' | 'sdk' | 'runtime' | 'testing' | 'tool';
  platform: Platform;
  /** Workspace projects that its sources may import; `libs` = every library but those that only tests may use. */
  mayImport: readonly string[] | 'libs';
}

export const PROJECTS: Readonly<Record<string, Rule>> = {
  'apps/cron': { type: 'app', platform: 'node', mayImport: 'libs' },
  'apps/ingest': { type: 'app', platform: 'node', mayImport: 'libs' },
  'apps/fanout': { type: 'app', platform: 'node', mayImport: 'libs' },
  'apps/web': { type: 'app', platform: 'web', mayImport: ['libs/protocol', 'libs/client', 'libs/render'] },
  'libs/protocol': { type: 'contract', platform: 'any', mayImport: [] },
  'libs/contracts': { type: 'contract', platform: 'node', mayImport: ['libs/protocol'] },
  'libs/feed': { type: 'domain', platform: 'any', mayImport: ['libs/protocol'] },
  'libs/render': { type: 'domain', platform: 'any', mayImport: ['libs/protocol'] },
  'libs/levers': { type: 'domain', platform: 'any', mayImport: ['libs/protocol'] },
  'libs/relations': { type: 'domain', platform: 'any', mayImport: ['libs/protocol'] },
  'libs/social': { type: 'domain', platform: 'any', mayImport: ['libs/protocol'] },
  'libs/bus': { type: 'adapter', platform: 'node', mayImport: ['libs/contracts', 'libs/levers', 'libs/runtime'] },
  'libs/store': {
    type: 'adapter',
    platform: 'node',
    mayImport: ['libs/contracts', 'libs/protocol', 'libs/runtime', 'libs/social'],
  },
  'libs/client': { type: 'sdk', platform: 'any', mayImport: ['libs/protocol'] },
  'libs/runtime': { type: 'runtime', platform: 'node', mayImport: ['libs/contracts', 'libs/protocol'] },
  'libs/launch': { type: 'testing', platform: 'node', mayImport: [] },
  'libs/testing': { type: 'testing', platform: 'node', mayImport: 'libs' },
  'tools/bench': { type: 'tool', platform: 'node', mayImport: 'libs' },
  'tools/boundaries': { type: 'tool', platform: 'node', mayImport: [] },
  'tools/dev': { type: 'tool', platform: 'node', mayImport: 'libs' },
  'tools/edge': { type: 'tool', platform: 'node', mayImport: 'libs' },
  'tools/graph-double': { type: 'tool', platform: 'node', mayImport: 'libs' },
  'tools/hostile-cache': { type: 'tool', platform: 'node', mayImport: 'libs' },
  'tools/jest': { type: 'tool', platform: 'node', mayImport: [] },
  'tools/levers-cli': { type: 'tool', platform: 'node', mayImport: 'libs' },
  'tools/replay': { type: 'tool', platform: 'node', mayImport: 'libs' },
};

/** Only specs and `test/` import it. */
export const TESTS_ONLY: readonly string[] = ['libs/testing'];

/** It starts programs: for tools and tests, never for an app or another library. */
export const TOOLS_ONLY: readonly string[] = ['libs/launch'];

/** Every project's tests get their preset from it. */
export const TEST_PRESET = 'tools/jest';

/** Packages with one importer each, by prefix. */
export const SOLE_IMPORTERS: readonly { packages: string; project: string }[] = [
  { packages: '@nats-io/', project: 'libs/bus' },
  { packages: 'redis', project: 'libs/store' },
];

/** What a project of the platform `any` or `web` must not import in its sources. */
export const SERVER_PACKAGES = /^(node:|@nestjs\/|@nats-io\/|redis$|ws$|pino$|fastify$)/;

/** Whether the sources of one project may import another. */
export function mayImport(from: string, to: string): boolean {
  const rule = PROJECTS[from];
  if (!rule || !PROJECTS[to]) return false;
  if (TOOLS_ONLY.includes(to) && rule.type !== 'tool' && rule.type !== 'testing') return false;
  if (TESTS_ONLY.includes(to)) return false;
  return rule.mayImport === 'libs' ? to.startsWith('libs/') : rule.mayImport.includes(to);
}

/** Whether its specs and `test/` may: what the sources may, and what is for tests. */
export function testsMayImport(from: string, to: string): boolean {
  return mayImport(from, to) || (TESTS_ONLY.includes(to) && from !== to) || to === TEST_PRESET || isSdkForApp(from, to);
}

/** An app's tests are clients of the app. */
function isSdkForApp(from: string, to: string): boolean {
  return PROJECTS[from]?.type === 'app' && to.startsWith('libs/');
}
