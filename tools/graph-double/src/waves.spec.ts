import { useTempDir } from '@groundswell/testing';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseWave, readWaves, WaveWorld } from './waves.js';

const dir = useTempDir();

describe('parseWave', () => {
  it('reads a square of 0, 1, 9 and 10', () => {
    expect(parseWave(' 0  1 10\n 9  1  0\n 0  0  0\n', 'a-1.dat')).toEqual([
      [0, 1, 10],
      [9, 1, 0],
      [0, 0, 0],
    ]);
  });

  it.each([
    ['0 1\n0', 'a-1.dat, row 2: 1 cells in a matrix of 2 rows.'],
    ['0 2\n0 0', 'a-1.dat, row 1: a cell is 2, not 0, 1, 9 or 10.'],
    ['0 x\n0 0', 'a-1.dat, row 1: a cell is NaN'],
  ])('refuses %j', (text, message) => {
    expect(() => parseWave(text, 'a-1.dat')).toThrow(message);
  });
});

describe('readWaves', () => {
  it('takes the files in the order of their numbers, and no others', async () => {
    await writeFile(join(dir.path, 'net-10.dat'), '0 0\n1 0\n');
    await writeFile(join(dir.path, 'net-9.dat'), '0 1\n0 0\n');
    await writeFile(join(dir.path, 'net-9m.dat'), 'nothing to read');
    expect(await readWaves(dir.path)).toEqual([
      [
        [0, 1],
        [0, 0],
      ],
      [
        [0, 0],
        [1, 0],
      ],
    ]);
    await writeFile(join(dir.path, 'net-11.dat'), '0\n');
    await expect(readWaves(dir.path)).rejects.toThrow('net-11.dat has 1 rows, net-9.dat 2.');
  });

  it('says what is missing', async () => {
    await expect(readWaves(join(dir.path, 'nowhere'))).rejects.toMatchObject({ code: 'waves_unreadable' });
  });
});

describe('WaveWorld', () => {
  const world = new WaveWorld([
    [
      [1, 1, 0],
      [9, 0, 10],
      [0, 0, 0],
    ],
    [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ],
  ]);

  it('says whether the subject names the viewer', () => {
    expect(world.view('2', '1')).toEqual({ kind: 'shown', follows: true });
    expect(world.view('3', '1')).toEqual({ kind: 'shown', follows: false });
    expect(world.view('did:web:2.members.example', 'did:web:1.members.example')).toEqual({
      kind: 'shown',
      follows: true,
    });
  });

  it('leaves out what is missing, and has nobody where one was absent', () => {
    expect(world.view('1', '2')).toEqual({ kind: 'silent' });
    expect(world.view('3', '2')).toEqual({ kind: 'gone' });
    expect(world.view('1', '4')).toEqual({ kind: 'gone' });
  });

  it('lists who names a member, in the form in which it was asked', () => {
    expect(world.followers('2')).toEqual([{ id: '1', place: 1 }]);
    expect(world.followers('did:web:2.members.example')).toEqual([{ id: 'did:web:1.members.example', place: 1 }]);
    expect(world.followers('1')).toEqual([]);
  });

  it('knows them by name', () => {
    expect(world.profile('3')).toEqual({ id: '3', name: 'Member 3', handle: 'member3' });
    expect(world.profile('4')).toBeUndefined();
    expect(world.resolve('2.members.example')).toBe('did:web:2.members.example');
    expect(world.resolve('9.members.example')).toBeUndefined();
  });

  it('says nothing of the diagonal', () => {
    expect(world.view('1', '1')).toEqual({ kind: 'gone' });
  });

  it('has a token for each member', () => {
    expect(world.owner('token-3')).toBe('3');
    expect(world.owner('token-4')).toBeUndefined();
    expect(world.owner('token-x')).toBeUndefined();
  });

  it('turns to a wave that there is', () => {
    world.turnTo(2);
    expect(world.view('2', '1')).toEqual({ kind: 'shown', follows: false });
    expect(() => world.turnTo(3)).toThrow('There is no wave 3: there are 2.');
  });
});
