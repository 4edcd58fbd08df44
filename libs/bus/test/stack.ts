/** What the tests of this folder share: a connected bus, and statuses to publish. */
import { envelope, subjects, type Envelope } from '@groundswell/contracts';
import type { TestServer } from '@groundswell/testing';
import { connectBus, type Bus } from '../src/index.js';

/** A bus for every test, closed after it. */
export function useBus(server: TestServer): { readonly bus: Bus } {
  let bus: Bus | undefined;
  beforeEach(async () => {
    bus = await connectBus({ servers: server.url, name: 'test' });
  });
  afterEach(() => bus?.close());
  return {
    get bus() {
      if (!bus) throw new Error('the bus exists only while a test runs');
      return bus;
    },
  };
}

export function status(id: string, event = 'final', text = 'hello'): Envelope {
  const message = { id, at: 1, author: { id: 'm1', name: 'Ada' }, text, rev: 1 };
  return envelope({ subject: subjects.feed(event, 'everyone', 'status'), id, source: '/test', at: 1, message });
}

export function idOf({ data }: { data: Uint8Array }): string {
  return (JSON.parse(Buffer.from(data).toString()) as { id: string }).id;
}
