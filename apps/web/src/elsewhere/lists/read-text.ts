import { ListFault } from './list-fault.js';
import type { NetworkAnswer } from './list-reader.js';

/** A page of a list has a few hundred thousand at most. */
export const BYTES_MOST = 4_000_000;

/** The text of an answer. Throws `unexpected` when it is longer than any page, as soon as that shows. */
export async function readText(answer: NetworkAnswer): Promise<string> {
  const reader = answer.body?.getReader();
  if (!reader) return answer.text();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > BYTES_MOST) {
      // Nobody waits for its end.
      reader.cancel().catch(() => undefined);
      throw new ListFault('unexpected');
    }
    text += decoder.decode(value, { stream: true });
  }
}
