import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { importsOf } from './imports.js';

export interface SourceFile {
  /** Path below the project. */
  path: string;
  isTest: boolean;
  imports: string[];
}

export interface Project {
  /** Folder below the root, e.g. `libs/feed`. */
  path: string;
  name: string;
  tags: string[];
  dependencies: string[];
  devDependencies: string[];
  /** Projects that its tsconfig.json and tsconfig.spec.json refer to, as folders; undefined without such a file. */
  references: { sources: string[] | undefined; tests: string[] | undefined };
  files: SourceFile[];
}

const GROUPS = ['apps', 'libs', 'tools'];
const SOURCE = /\.(ts|tsx|mts|mjs|cjs|js)$/;
const OUTPUTS = new Set(['node_modules', 'dist', 'bundle', 'out-tsc', 'coverage']);

/** Reads every project below `root`: manifest, references and imports. */
export function readWorkspace(root: string): Project[] {
  return GROUPS.flatMap((group) =>
    readdirSync(join(root, group), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => readProject(root, `${group}/${entry.name}`)),
  );
}

function readProject(root: string, path: string): Project {
  const folder = join(root, path);
  const manifest = readJson(join(folder, 'package.json')) as Manifest;
  return {
    path,
    name: manifest.name ?? '',
    tags: manifest.nx?.tags ?? [],
    dependencies: Object.keys(manifest.dependencies ?? {}),
    devDependencies: Object.keys(manifest.devDependencies ?? {}),
    references: {
      sources: referencesOf(root, path, 'tsconfig.json'),
      tests: referencesOf(root, path, 'tsconfig.spec.json'),
    },
    files: sourceFiles(folder).map((file) => ({
      path: relative(folder, file),
      isTest: /\.spec\.tsx?$/.test(file) || relative(folder, file).startsWith('test/'),
      imports: importsOf(readFileSync(file, 'utf8'), file),
    })),
  };
}

interface Manifest {
  name?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  nx?: { tags?: string[] };
}

function referencesOf(root: string, path: string, file: string): string[] | undefined {
  const config = join(root, path, file);
  if (!existsSync(config)) return undefined;
  const { references = [] } = readJson(config) as { references?: { path: string }[] };
  return references.map((reference) => relative(root, join(root, path, reference.path, '..'))).map(toProject);
}

const toProject = (path: string): string => path.replaceAll('\\', '/');

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return OUTPUTS.has(entry.name) ? [] : sourceFiles(path);
    return SOURCE.test(entry.name) ? [path] : [];
  });
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
