import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const GROUPS = ['apps', 'libs', 'tools'];
const NEEDS_BROWSER = /launchChromium|playwright-core/;

/** Specs in `test` folders that drive a browser, as paths below the root. */
export async function browserSpecs(root: string): Promise<string[]> {
  const found: string[] = [];
  for (const group of GROUPS) {
    for (const project of await readdir(join(root, group))) {
      const folder = `${group}/${project}/test`;
      const names = await readdir(join(root, folder)).catch(() => []);
      for (const name of names.filter((file) => /\.spec\.tsx?$/.test(file))) {
        const path = `${folder}/${name}`;
        if (NEEDS_BROWSER.test(await readFile(join(root, path), 'utf8'))) found.push(path);
      }
    }
  }
  return found;
}

/** A pattern for Jest that leaves out exactly these paths. */
export function ignorePattern(path: string): string {
  return `/${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;
}
