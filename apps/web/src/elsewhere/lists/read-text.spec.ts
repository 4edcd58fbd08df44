import { BYTES_MOST, readText } from './read-text.js';

describe('readText', () => {
  it('puts together what comes in pieces, within a letter too', async () => {
    const bytes = new TextEncoder().encode('Zoë');
    const pieces = [bytes.slice(0, 3), bytes.slice(3)];
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        const piece = pieces.shift();
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
    });
    expect(await readText(new Response(body))).toBe('Zoë');
  });

  it('does not wait for the end of what is too long', async () => {
    let given = 0;
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array((given++, BYTES_MOST / 4))),
      cancel: () => void (cancelled = true),
    });
    await expect(readText(new Response(body))).rejects.toMatchObject({ code: 'unexpected' });
    expect([given < 10, cancelled]).toEqual([true, true]);
  });
});
