import { readEventRecord, writeEventRecord, type EventRecord } from './event-record.js';

const record: EventRecord = { id: 'final', title: 'The final', state: 'live', createdAt: 5 };

describe('event records', () => {
  it('are read back as they were written', () => {
    expect(readEventRecord(writeEventRecord(record))).toEqual(record);
  });

  it.each([
    '',
    'null',
    '[]',
    '{"id":"final"}',
    JSON.stringify({ ...record, id: 'No' }),
    JSON.stringify({ ...record, state: 'on' }),
  ])('are not made of %j', (text) => {
    expect(readEventRecord(new TextEncoder().encode(text))).toBeUndefined();
  });
});
