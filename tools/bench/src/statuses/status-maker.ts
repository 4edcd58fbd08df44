import type { StatusMessage } from '@groundswell/contracts';
import type { AddOp } from '@groundswell/protocol';
import { renderOp } from '@groundswell/render';
import { randomBytes } from 'node:crypto';
import type { Texts } from './texts.js';

/** Makes statuses one after another, as ingest would write them. */
export class StatusMaker {
  private made = 0;
  /** Ids of one run differ from those of another. */
  private readonly run = randomBytes(4).toString('hex');

  constructor(private readonly texts: Texts) {}

  next(now: number = Date.now()): StatusMessage {
    const { author, text } = this.texts.at(this.made);
    const id = this.run + (this.made++).toString(36).padStart(8, '0');
    return { id, at: now, author: { id: author, name: author }, text, rev: 1 };
  }
}

/** The op that a viewer gets of a status, as JSON: what a server that sends each status by itself has to send. */
export function opJson({ id, at, author, text, rev }: StatusMessage, seq: number): string {
  const op: AddOp = { t: 'add', id, seq, at, author: { id: author.id, name: author.name }, text, rev };
  return renderOp(op).json;
}
