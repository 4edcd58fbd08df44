import { UsageError } from '../options.js';
import { parseChaos } from './options.js';

const seven = () => 7;

describe('parseChaos', () => {
  it('fills in what is not said', () => {
    expect(parseChaos(['kill'], seven)).toMatchObject({ t: 'kill', times: 100, viewers: 300, rate: 20, seed: 7 });
    expect(parseChaos(['drop'], seven)).toMatchObject({ t: 'drop', times: 8, clients: 2_000, ms: 2_000, seed: 7 });
  });

  it('takes what is said', () => {
    const args = ['drop', '--clients', '100', '--times', '2', '--ms', '500', '--seed', '3', '--graph', 'g'];
    expect(parseChaos(args, seven)).toMatchObject({ clients: 100, times: 2, ms: 500, seed: 3, graph: 'g' });
  });

  it.each([
    [[], 'Say kill or drop'],
    [['burn'], '"burn" is neither kill nor drop'],
    [['kill', 'drop'], 'neither kill nor drop'],
    [['kill', '--times', '0'], '--times must be a whole number from 1 to 10000, not "0"'],
    [['kill', '--seed', 'x'], '--seed must be'],
    [['kill', '--clients', '9'], 'kill has no --clients'],
    [['drop', '--viewers', '9'], 'drop has no --viewers'],
    [['drop', '--colour'], 'npm run chaos'],
  ])('says what is wrong with %j', (args, sentence) => {
    expect(() => parseChaos(args, seven)).toThrow(UsageError);
    expect(() => parseChaos(args, seven)).toThrow(sentence);
  });
});
