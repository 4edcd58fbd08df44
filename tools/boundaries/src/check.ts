import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path/posix';
import { mayImport, PROJECTS, SERVER_PACKAGES, SOLE_IMPORTERS, testsMayImport } from './rules.js';
import type { Project, SourceFile } from './workspace.js';

/** The runner's own package: it comes with the preset. */
const TEST_GLOBALS = '@jest/globals';

/** Every way in which the workspace breaks the table, one sentence each; empty when it keeps to it. */
export function check(projects: readonly Project[]): string[] {
  const byName = new Map(projects.map((project) => [project.name, project.path]));
  const missing = Object.keys(PROJECTS).filter((path) => !projects.some((project) => project.path === path));
  return [
    ...missing.map((path) => `${path} is in the table and not in the workspace`),
    ...projects.flatMap((project) => checkProject(project, byName)),
  ];
}

type ByName = ReadonlyMap<string, string>;

function checkProject(project: Project, byName: ByName): string[] {
  const rule = PROJECTS[project.path];
  if (!rule) return [`${project.path} is not in the table of projects (tools/boundaries/src/rules.ts)`];
  const faults: string[] = [];
  const tags = [`type:${rule.type}`, `platform:${rule.platform}`];
  if (project.tags.join() !== tags.join()) faults.push(`${project.path} must have the tags ${tags.join(', ')}`);
  if (project.name !== `@groundswell/${project.path.split('/')[1]}`) faults.push(`${project.path} has another name`);
  return [
    ...faults,
    ...checkManifest(project, byName),
    ...checkReferences(project, byName),
    ...project.files.flatMap((file) => checkFile(project, file, byName)),
  ];
}

function checkManifest(project: Project, byName: ByName): string[] {
  const faults: string[] = [];
  const used = (name: string, tests: boolean) =>
    project.files.some(
      (file) => (tests || !file.isTest) && file.imports.some((specifier) => packageOf(specifier) === name),
    );
  for (const name of project.dependencies.filter((dependency) => byName.has(dependency))) {
    if (!mayImport(project.path, byName.get(name)!)) faults.push(`${project.path} must not depend on ${name}`);
    if (!used(name, false)) faults.push(`${project.path} depends on ${name} and does not import it`);
  }
  for (const name of project.devDependencies.filter((dependency) => byName.has(dependency))) {
    if (!testsMayImport(project.path, byName.get(name)!))
      faults.push(`${project.path}'s tests must not depend on ${name}`);
  }
  return faults;
}

function checkReferences({ path, references, dependencies, devDependencies }: Project, byName: ByName): string[] {
  const wanted = (names: string[]) =>
    names
      .flatMap((name) => byName.get(name) ?? [])
      .filter((to) => to !== 'tools/jest')
      .sort();
  const faults: string[] = [];
  const sources = wanted(dependencies);
  if (references.sources && references.sources.toSorted().join() !== sources.join()) {
    faults.push(`${path}/tsconfig.json must refer to: ${sources.join(', ')}`);
  }
  const tests = [...new Set([path, ...wanted([...dependencies, ...devDependencies])])].sort();
  if (references.tests && references.tests.toSorted().join() !== tests.join()) {
    faults.push(`${path}/tsconfig.spec.json must refer to: ${tests.join(', ')}`);
  }
  return faults;
}

function checkFile(project: Project, file: SourceFile, byName: ByName): string[] {
  return file.imports.flatMap((specifier) => {
    const fault = faultOf(project, file, { specifier, byName });
    return fault ? [`${project.path}/${file.path}: ${fault}`] : [];
  });
}

interface Import {
  specifier: string;
  byName: ByName;
}

function faultOf(project: Project, file: SourceFile, { specifier, byName }: Import): string | undefined {
  if (specifier.startsWith('.')) {
    const target = join(dirname(file.path), specifier);
    return target.startsWith('..') ? `"${specifier}" leaves the project` : undefined;
  }
  const { platform } = PROJECTS[project.path]!;
  if (!file.isTest && platform !== 'node' && SERVER_PACKAGES.test(specifier) && !isConfig(file)) {
    return `"${specifier}" is not for the platform "${platform}"`;
  }
  if (specifier.startsWith('node:')) return undefined;
  const name = packageOf(specifier);
  if (builtinModules.includes(name)) return `write "node:${specifier}"`;
  const sole = SOLE_IMPORTERS.find(({ packages }) =>
    packages.endsWith('/') ? name.startsWith(packages) : name === packages,
  );
  if (sole && sole.project !== project.path) return `only ${sole.project} may import "${name}"`;
  const declared =
    file.isTest || isConfig(file) ? [...project.dependencies, ...project.devDependencies] : project.dependencies;
  if (file.isTest && name === TEST_GLOBALS) return undefined;
  if (!declared.includes(name)) return `"${name}" is not declared in package.json`;
  const to = byName.get(name);
  if (!to) return undefined;
  if (specifier !== name) return `"${specifier}" goes past the export list of ${name}`;
  const allowed = file.isTest ? testsMayImport(project.path, to) : mayImport(project.path, to);
  return allowed ? undefined : `${project.path} must not import ${to}`;
}

/** Configuration of build tools at the top of a project runs in Node and needs development packages. */
function isConfig({ path }: SourceFile): boolean {
  return !path.includes('/');
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
