import { createRequire } from 'node:module';

interface Locked {
  version?: string;
  integrity?: string;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  link?: boolean;
}
type Lock = { packages: Record<string, Locked> } | undefined;
type Machine = { has: (path: string) => boolean; platform: string; arch: string };

const { isAsLocked } = createRequire(import.meta.url)('../bootstrap/lock.cjs') as {
  isAsLocked: (locked: Lock, installed: Lock, machine: Machine) => boolean;
};

const machine: Machine = { has: () => true, platform: 'linux', arch: 'x64' };
const nx = { version: '1.0.0', integrity: 'sha512-a' };
const locked = (more: Record<string, Locked> = {}): Lock => ({
  packages: { '': {}, 'libs/bus': {}, 'node_modules/nx': nx, 'node_modules/@groundswell/bus': { link: true }, ...more },
});

describe('isAsLocked', () => {
  it('accepts what npm has installed by this lock', () => {
    expect(isAsLocked(locked(), locked(), machine)).toBe(true);
  });

  it.each<[string, Lock, Partial<Machine>]>([
    ['nothing is installed', undefined, {}],
    ['a package is missing from the list', { packages: { 'node_modules/@groundswell/bus': {} } }, {}],
    ['a version differs', locked({ 'node_modules/nx': { ...nx, version: '1.0.1' } }), {}],
    ['content differs', locked({ 'node_modules/nx': { ...nx, integrity: 'sha512-b' } }), {}],
    ['a folder was deleted', locked(), { has: (path) => path !== 'node_modules/nx' }],
    ['a new workspace is not linked', { packages: { 'node_modules/nx': nx } }, {}],
  ])('refuses when %s', (_, installed, change) => {
    expect(isAsLocked(locked(), installed, { ...machine, ...change })).toBe(false);
  });

  it('looks into packages of workspaces too', () => {
    expect(isAsLocked(locked({ 'apps/web/node_modules/x': nx }), locked(), machine)).toBe(false);
  });

  it.each([
    ['another system', { os: ['darwin'] }, true],
    ['another processor', { os: ['linux'], cpu: ['arm64'] }, true],
    ['not this system', { os: ['!linux'] }, true],
    ['this machine', { os: ['linux'], cpu: ['x64'] }, false],
    ['not some other system', { os: ['!win32'], cpu: ['x64'] }, false],
  ])('an optional package for %s may be absent: %j', (_, fits, verdict) => {
    const wanted = locked({ 'node_modules/nx-native': { ...nx, optional: true, ...fits } });
    expect(isAsLocked(wanted, locked(), machine)).toBe(verdict);
  });
});
