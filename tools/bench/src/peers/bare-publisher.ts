/** Peer of ingest: nothing but the log. Publishes statuses into JetStream, pipelined, and counts acknowledgements. */
import { connectBus, publisher } from '@groundswell/bus';
import { envelope, subjects } from '@groundswell/contracts';
import type { PublishOrder, PublishReport } from '../ingest/messages.js';
import { obey } from '../orders/obey.js';
import { StatusMaker } from '../statuses/status-maker.js';
import { openTexts } from '../statuses/texts.js';

const IN_FLIGHT = 200;
const texts = openTexts(process.env['GROUNDSWELL_DATA']);

async function publish({ natsUrl, seconds }: PublishOrder): Promise<PublishReport> {
  const bus = await connectBus({ servers: natsUrl, name: 'bare-publisher' });
  const log = publisher(bus);
  const maker = new StatusMaker(texts);
  const subject = subjects.feed('bare', 'everyone', 'status');
  const start = performance.now();
  const end = start + seconds * 1000;
  let acked = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      const message = maker.next();
      await log.publish(envelope({ subject, id: message.id, source: '/bare', at: message.at, message }));
      acked++;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  const took = (performance.now() - start) / 1000;
  await bus.close();
  return { acked, seconds: took };
}

obey({ '/publish': publish });
