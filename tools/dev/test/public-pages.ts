import { AUTHORS_GROUP, paths, type AuthorsBody, type HeadBody } from '@groundswell/protocol';

export interface PublicPages {
  head: HeadBody;
  /** Every byte of them. */
  text: string;
  /** Filters of whole groups, and that of the group that is still open. */
  filters: { group: number; filter: Uint8Array }[];
}

/** Everything that a node shows of Everyone to whoever asks: head, all segments, roll-ups, snapshots and filters. */
export async function publicPages(node: string, event: string): Promise<PublicPages> {
  const text: string[] = [];
  const read = async (path: string): Promise<string> => {
    const answer = await fetch(node + path);
    const body = await answer.text();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${body}`);
    text.push(body);
    return body;
  };
  const head = await readHead(node, event);
  text.push(JSON.stringify(head));
  const { epoch, n } = head;
  const numbers = (count: number, first = 0) => Array.from({ length: count }, (_, i) => first + i);
  const groups = numbers(Math.floor(n / AUTHORS_GROUP));
  await Promise.all([
    ...numbers(n, 1).map((i) => read(paths.segment(event, epoch, i))),
    ...numbers(Math.floor(n / 8)).map((k) => read(paths.rollUp(event, epoch, k, 8))),
    ...numbers(Math.floor(n / 64)).map((k) => read(paths.rollUp(event, epoch, k, 64))),
    read(paths.snapshot(event, epoch, n)),
  ]);
  const whole = await Promise.all(
    groups.map(async (group) => {
      const { filter } = JSON.parse(await read(paths.authors(event, epoch, group))) as AuthorsBody;
      return { group, filter: bytes(filter) };
    }),
  );
  const open = { group: Math.floor(n / AUTHORS_GROUP), filter: bytes(head.filter!) };
  return { head, text: text.join('\n'), filters: [...whole, open] };
}

export async function readHead(node: string, event: string): Promise<HeadBody> {
  const slot = Math.floor(Date.now() / 1000);
  return (await (await fetch(node + paths.head(event, 1000, slot))).json()) as HeadBody;
}

function bytes(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}
