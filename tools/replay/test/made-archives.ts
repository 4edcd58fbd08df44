/** Archives of made-up messages, in the forms of the real ones. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import type { SourceMessage } from '../src/sources/messages.js';

async function writeArchive(file: string, entries: Iterable<[path: string, text: string]>): Promise<void> {
  const tar = pack();
  for (const [name, text] of entries) tar.entry({ name }, text);
  tar.finalize();
  await pipeline(tar, createGzip(), createWriteStream(file));
}

/** One raw file and its annotation. */
export async function writeChatArchive(file: string, messages: readonly SourceMessage[]): Promise<void> {
  const raw = messages.map(({ author, text }) => `[12:00] <${author}> ${text}`).join('\n');
  const links = messages.map(({ parent }, index) => `${parent ?? index} ${index} -`).join('\n');
  await writeArchive(file, [
    ['data/train/2020-01-01.raw.txt', raw],
    ['data/train/2020-01-01.annotation.txt', links],
  ]);
}

/** One file a message; ids in the order of the messages. */
export async function writeTweetArchive(file: string, messages: readonly SourceMessage[]): Promise<void> {
  const id = (index: number) => String(1_000_000_000_000_000_000n + BigInt(index));
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  await writeArchive(
    file,
    messages.map(({ author, text, parent }, index) => {
      const tweet = {
        id_str: id(index),
        text: escaped(text),
        in_reply_to_status_id_str: parent === undefined ? null : id(parent),
        user: { screen_name: author },
      };
      return [`data/thread/replies/${id(index)}.json`, JSON.stringify(tweet)];
    }),
  );
}
