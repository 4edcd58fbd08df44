export interface TarFile {
  path: string;
  content: () => Buffer;
}

const BLOCK = 512;

/** The plain files of a tar archive (ustar) in memory. */
export function* filesInTar(tar: Buffer): Generator<TarFile> {
  for (let at = 0; at + BLOCK <= tar.length;) {
    const name = text(tar, at, 100);
    if (name === '') return;
    const size = Number.parseInt(text(tar, at + 124, 12), 8) || 0;
    const prefix = text(tar, at + 345, 155);
    const type = tar[at + 156];
    const start = at + BLOCK;
    if (type === 0 || type === 0x30) {
      yield { path: prefix ? `${prefix}/${name}` : name, content: () => tar.subarray(start, start + size) };
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
}

function text(tar: Buffer, at: number, length: number): string {
  const field = tar.toString('latin1', at, at + length);
  const end = field.indexOf('\0');
  return end === -1 ? field : field.slice(0, end);
}
