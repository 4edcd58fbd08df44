import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';

/** The files of a `.tar.gz` whose path `wanted` accepts, as text by path. */
export async function readArchive(file: string, wanted: (path: string) => boolean): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const tar = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), tar);
  reading.catch((error: Error) => tar.destroy(error));
  for await (const entry of tar) {
    if (entry.header.type !== 'file' || !wanted(entry.header.name)) {
      entry.resume();
      continue;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk);
    files.set(entry.header.name, Buffer.concat(chunks).toString('utf8'));
  }
  await reading;
  return files;
}
