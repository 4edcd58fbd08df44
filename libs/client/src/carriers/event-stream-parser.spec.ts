import fc from 'fast-check';
import { EVENT_MAX_CHARS, EventStreamParser } from './event-stream-parser.js';

const TEXT = ': \n\nevent: seg\nid: 7.1\ndata: {"a":"b: c"}\r\n\r\ndata:one\rdata: two\r\revent: empty\n\n';
const EVENTS = [
  { event: 'seg', data: '{"a":"b: c"}' },
  { event: 'message', data: 'one\ntwo' },
];

describe('EventStreamParser', () => {
  it('S1: reads events, comments and all three line ends, cut anywhere', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(TEXT.length)), (cuts) => {
        const parser = new EventStreamParser();
        const ends = [...cuts.toSorted((a, b) => a - b), TEXT.length];
        const events = ends.flatMap((end, i) => parser.push(TEXT.slice(ends[i - 1] ?? 0, end)));
        expect(events).toEqual(EVENTS);
      }),
    );
  });

  it('gives up on an event without end', () => {
    const parser = new EventStreamParser();
    expect(() => parser.push(`data: ${'x'.repeat(EVENT_MAX_CHARS)}`)).toThrow('longer than');
  });

  it('gives up on an event of endless lines', () => {
    const parser = new EventStreamParser();
    const line = `data: ${'x'.repeat(EVENT_MAX_CHARS / 2)}\n`;
    parser.push(line);
    expect(() => parser.push(line)).toThrow(RangeError);
  });
});
