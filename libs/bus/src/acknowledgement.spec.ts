import type { Msg } from '@nats-io/nats-core';
import { readAcknowledgement } from './acknowledgement.js';

const answer = (text: string, status = '') =>
  ({ data: new TextEncoder().encode(text), headers: status ? { status } : undefined }) as unknown as Msg;
const failure = (code: number, errCode: number, description: string) =>
  answer(JSON.stringify({ error: { code, err_code: errCode, description } }));

describe('readAcknowledgement', () => {
  it('reads where it was stored', () => {
    expect(readAcknowledgement(answer('{"stream":"S","seq":7}'))).toEqual({ seq: 7, duplicate: false });
    expect(readAcknowledgement(answer('{"stream":"S","seq":7,"duplicate":true}'))).toEqual({ seq: 7, duplicate: true });
  });

  it.each([
    ['WrongLastSequence', failure(400, 10_071, 'wrong last sequence: 4')],
    ['StorageFull', failure(503, 10_023, 'insufficient resources')],
    ['StorageFull', failure(500, 10_047, 'insufficient storage resources available')],
    ['StorageFull', failure(503, 10_077, 'maximum bytes exceeded')],
    ['StorageFull', failure(503, 10_077, 'write /data/1.blk: no space left on device')],
    ['PublishUnknown', failure(503, 10_077, 'store is closed')],
    ['PublishUnknown', failure(503, 10_008, 'JetStream system temporarily unavailable')],
    ['Refused', failure(400, 10_054, 'message size exceeds maximum allowed')],
    ['PublishUnknown', answer('', '503')],
    ['PublishUnknown', answer('not json')],
    ['PublishUnknown', answer('{}')],
  ])('tells a %s', (name, message) => {
    expect(readAcknowledgement(message)).toMatchObject({ name });
  });
});
