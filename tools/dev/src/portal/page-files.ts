import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

export interface PageFile {
  content: Buffer;
  headers: Record<string, string>;
}

/** `/`, a file beside it, or one in `assets/`: no address can leave the folder. */
const ADDRESS = /^\/((?:assets\/)?[\w-][\w.-]*)?$/;

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** The file of the built page at an address (path without query); undefined when there is none. */
export async function readPageFile(folder: string, address: string): Promise<PageFile | undefined> {
  const match = ADDRESS.exec(address);
  if (!match) return undefined;
  const path = match[1] ?? 'index.html';
  const content = await readFile(join(folder, path)).catch(() => undefined);
  if (!content) return undefined;
  // Vite names what is in assets/ by its content.
  const cache = path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  return { content, headers: { 'content-type': type, 'cache-control': cache, 'x-content-type-options': 'nosniff' } };
}
