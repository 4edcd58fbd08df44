import { basename } from 'node:path/posix';
import { readArchive } from './archive.js';
import type { SourceMessage } from './messages.js';

const RAW = /(^|\/)data\/(train|dev|test)\/[^/]+\.raw\.txt$/;
const ANNOTATION = /(^|\/)data\/(train|dev|test)\/[^/]+\.annotation\.txt$/;
const MESSAGE = /^\[\d\d:\d\d\] <([^>]+)> ?(.*)$/;
const LINK = /^(\d+) (\d+) -/;

/** A chat archive with `*.raw.txt` (one line a message) and `*.annotation.txt` (which line answers which). */
export async function readChatLog(archive: string): Promise<SourceMessage[]> {
  const files = await readArchive(archive, (path) => RAW.test(path) || ANNOTATION.test(path));
  const raw = [...files.keys()].filter((path) => RAW.test(path)).sort(byDayThenName);
  const messages: SourceMessage[] = [];
  for (const path of raw) {
    const links = files.get(path.replace(/\.raw\.txt$/, '.annotation.txt')) ?? '';
    appendDay(messages, files.get(path)!, links);
  }
  return messages;
}

/** Adds the messages of one raw file, with the parents that its annotation gives. */
export function appendDay(messages: SourceMessage[], raw: string, annotation: string): void {
  const indexOfLine = new Map<number, number>();
  raw.split('\n').forEach((line, number) => {
    // Joins, parts and actions have another form.
    const match = MESSAGE.exec(line.replace(/\r$/, ''));
    if (!match) return;
    indexOfLine.set(number, messages.length);
    messages.push({ author: match[1]!, text: match[2]! });
  });
  for (const line of annotation.split('\n')) {
    const link = LINK.exec(line);
    if (!link) continue;
    const [first, second] = [Number(link[1]), Number(link[2])].sort((a, b) => a - b) as [number, number];
    const parent = indexOfLine.get(first);
    const child = indexOfLine.get(second);
    if (first === second || parent === undefined || child === undefined) continue;
    const message = messages[child]!;
    message.parent = Math.min(message.parent ?? parent, parent);
  }
}

/** The day is the beginning of the file's name. */
function byDayThenName(a: string, b: string): number {
  const [x, y] = [basename(a), basename(b)];
  const [dayX, dayY] = [x.slice(0, 10), y.slice(0, 10)];
  return dayX === dayY ? (x < y ? -1 : Number(x > y)) : dayX < dayY ? -1 : 1;
}
