import { fileURLToPath } from 'node:url';
import { check } from './check.js';
import { importsOf } from './imports.js';
import { readWorkspace, type Project, type SourceFile } from './workspace.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const workspace = readWorkspace(root);

const present = new Set(check(workspace));

/** Faults that a changed workspace has and the real one has not. */
function added(changed: readonly Project[]): string[] {
  return check(changed).filter((fault) => !present.has(fault));
}

/** The real workspace with one project changed. */
function planted(path: string, change: (project: Project) => Partial<Project>): string[] {
  return added(workspace.map((project) => (project.path === path ? { ...project, ...change(project) } : project)));
}

/** The real workspace with one more source file in a project, and the package of the import declared. */
function importing(path: string, specifier: string, { isTest = false, declared = true } = {}): string[] {
  const file: SourceFile = { path: isTest ? 'src/planted.spec.ts' : 'src/planted.ts', isTest, imports: [specifier] };
  return planted(path, (project) => ({
    files: [...project.files, file],
    dependencies: declared ? [...project.dependencies, specifier] : project.dependencies,
    references: { sources: undefined, tests: undefined },
  })).filter((fault) => fault.includes('planted'));
}

describe('boundaries', () => {
  it('hold in this workspace', () => {
    expect(workspace.length).toBeGreaterThan(10);
    expect(workspace.flatMap(({ files }) => files.flatMap(({ imports }) => imports)).length).toBeGreaterThan(100);
    expect(check(workspace)).toEqual([]);
  });

  it('fail for a project that is not in the table', () => {
    const stranger: Project = { ...workspace[0]!, path: 'libs/stranger', name: '@groundswell/stranger' };
    expect(added([...workspace, stranger])).toEqual([expect.stringContaining('libs/stranger is not in the table')]);
  });

  it('fail for a project without its tags', () => {
    expect(planted('libs/feed', () => ({ tags: [] }))).toEqual([expect.stringContaining('type:domain')]);
  });

  it('fail for a table entry without a project', () => {
    const rest = workspace.filter(({ path }) => path !== 'tools/boundaries');
    expect(check(rest)).toContain('tools/boundaries is in the table and not in the workspace');
  });

  it.each([
    ['a library that imports one it must not', 'libs/feed', '@groundswell/bus', 'must not import libs/bus'],
    ['a domain that imports Node', 'libs/feed', 'node:fs', 'not for the platform'],
    ['a domain that imports Nest', 'libs/social', '@nestjs/common', 'not for the platform'],
    ['a page that imports a server library', 'apps/web', '@groundswell/store', 'must not import libs/store'],
    ['somebody who imports an app', 'tools/bench', '@groundswell/fanout', 'must not import apps/fanout'],
    ['somebody who imports a tool', 'apps/ingest', '@groundswell/dev', 'must not import tools/dev'],
    ['an app that starts programs', 'apps/ingest', '@groundswell/launch', 'must not import libs/launch'],
    ['sources that import what is for tests', 'apps/fanout', '@groundswell/testing', 'must not import libs/testing'],
    ['a second importer of NATS', 'apps/ingest', '@nats-io/jetstream', 'only libs/bus'],
    ['a second importer of Redis', 'apps/fanout', 'redis', 'only libs/store'],
    ['a deep import', 'libs/contracts', '@groundswell/protocol/src/ops.js', 'goes past the export list'],
    ['a relative import that leaves the project', 'libs/feed', '../../bus/src/index.js', 'leaves the project'],
    ['a built-in module without its prefix', 'libs/bus', 'fs', 'write "node:fs"'],
  ])('report %s', (_, project, specifier, sentence) => {
    expect(importing(project, specifier)).toContainEqual(expect.stringContaining(sentence));
  });

  it('report an import that package.json does not name', () => {
    expect(importing('libs/contracts', 'lodash', { declared: false })).toEqual([
      expect.stringContaining('"lodash" is not declared in package.json'),
    ]);
  });

  it('let tests import what is for tests', () => {
    expect(importing('libs/bus', '@groundswell/testing', { isTest: true })).toEqual([]);
  });

  it('report references that do not follow the dependencies', () => {
    const faults = planted('libs/feed', ({ references }) => ({ references: { ...references, sources: [] } }));
    expect(faults).toEqual([expect.stringContaining('libs/feed/tsconfig.json must refer to: libs/protocol')]);
  });

  it('see every form of import', () => {
    const source = `import a from 'a'; import type { B } from 'b'; export * from 'c'; export { d } from 'd';
      import 'e'; const f = await import('f'); const g = require('g');`;
    expect(importsOf(source, 'x.ts')).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });
});
