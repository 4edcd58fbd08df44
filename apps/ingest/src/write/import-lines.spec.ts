import { parseImportLine } from './import-lines.js';

describe('parseImportLine', () => {
  it('takes edges and profiles', () => {
    expect(parseImportLine('{"t":"edge","a":"1","b":"2"}')).toEqual({ line: { t: 'edge', a: '1', b: '2' } });
    expect(parseImportLine('{"t":"profile","id":"1","name":"Ada"}')).toEqual({
      line: { t: 'profile', id: '1', name: 'Ada' },
    });
    const whole = { t: 'profile', id: '1', name: 'Ada', avatar: '#aa0011', timeZone: 'UTC', locale: 'de-AT' };
    expect(parseImportLine(JSON.stringify(whole))).toEqual({ line: whole });
  });

  it.each([
    ['{"t":"edge","a":"1"', 'not JSON'],
    ['7', 'not a JSON object'],
    ['{"t":"vertex"}', '"t" must be'],
    ['{"t":"edge","a":"1","b":"1"}', 'their own friend'],
    ['{"t":"edge","a":"1","b":2}', 'member ids'],
    ['{"t":"edge","a":"1","b":"2 3"}', 'member ids'],
    ['{"t":"edge","a":"1","b":"2","weight":1}', 'no others'],
    ['{"t":"profile","id":"1","name":" "}', '"name" must be'],
    ['{"t":"profile","id":"1"}', '"name" must be'],
    ['{"t":"profile","id":"1","name":"Ada","avatar":"red"}', '"avatar" must be'],
    ['{"t":"profile","id":"1","name":"Ada","timeZone":"Mars"}', '"timeZone" must be'],
    ['{"t":"profile","id":"1","name":"Ada","locale":null}', '"locale" must be'],
    ['{"t":"profile","id":"1","name":"Ada","mood":"fine"}', 'no others'],
    [`{"t":"profile","id":"1","name":"${'x'.repeat(61)}"}`, '"name" must be'],
    [`{"t":"profile","id":"1","name":"${'x'.repeat(2000)}"}`, 'longer than'],
  ])('refuses %s', (text, fault) => {
    expect(parseImportLine(text)).toEqual({ fault: expect.stringContaining(fault) });
  });
});
