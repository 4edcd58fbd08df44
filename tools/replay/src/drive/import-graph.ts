import { paths, type ImportProgress, type ImportResult, type Problem } from '@groundswell/protocol';
import { Readable } from 'node:stream';
import type { Plan } from '../plan/plan.js';

type AnswerLine = ImportProgress | ImportResult | (Problem & { t: 'problem'; line: number });

export interface ImportInput {
  ingest: string;
  token: string;
  plan: Plan;
  /** Lines stored so far, of all. */
  onProgress: (line: number, of: number) => void;
}

/** Sends the whole graph through the import API. Resolves when all of it is in the log. */
export async function importGraph({ ingest, token, plan, onProgress }: ImportInput): Promise<ImportResult> {
  const total = plan.members.length + plan.edges.length;
  const answer = await fetch(new URL(paths.socialImport(), ingest), {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
    body: Readable.from(linesOf(plan)),
    duplex: 'half',
  });
  if (!answer.ok || !answer.body) throw new Error(`the import was refused: ${answer.status} ${await answer.text()}`);
  let rest = '';
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const said = JSON.parse(line) as AnswerLine;
      if (said.t === 'problem') throw new Error(`the import broke off after line ${said.line}: ${said.detail}`);
      onProgress(said.line, total);
      if (said.t === 'done') return said;
    }
  }
  throw new Error('the import ended without a verdict');
}

function* linesOf({ members, edges }: Plan): Iterable<Buffer> {
  for (const { id, name } of members) yield Buffer.from(`${JSON.stringify({ t: 'profile', id, name })}\n`);
  for (const [a, b] of edges) yield Buffer.from(`${JSON.stringify({ t: 'edge', a, b })}\n`);
}
