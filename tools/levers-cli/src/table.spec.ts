import { printable, table } from './table.js';

describe('table', () => {
  it('lines up its columns and leaves out those without a word', () => {
    expect(
      table(
        ['lever', 'until', 'by'],
        [
          ['a', '', 'ann'],
          ['longer', '', ''],
        ],
      ),
    ).toBe('lever   by\na       ann\nlonger');
  });

  it('lets nobody steer the terminal', () => {
    expect(table(['by'], [['\u001b[2Jann\nbob\u202e']])).toBe('by\n?[2Jann?bob?');
    expect(printable('Zoë – 💡 ok')).toBe('Zoë – 💡 ok');
  });
});
