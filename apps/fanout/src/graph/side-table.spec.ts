import fc from 'fast-check';
import { Members } from './members.js';
import { NumberList } from './number-list.js';
import { SideTable } from './side-table.js';

const number = fc.nat(30);

describe('SideTable', () => {
  it('holds what a map would, whatever is set', () => {
    const start = fc.uniqueArray(fc.tuple(number, fc.integer({ min: 1, max: 255 })), { selector: ([other]) => other });
    const sets = fc.array(fc.tuple(number, fc.nat(255)));
    fc.assert(
      fc.property(start, sets, (entries, changes) => {
        const table = new SideTable(entries);
        const model = new Map(entries);
        for (const [other, side] of changes) {
          table.set(other, side);
          if (side === 0) model.delete(other);
          else model.set(other, side);
        }
        const held: [number, number][] = [];
        table.forEach((other, side) => held.push([other, side]));
        expect(held).toEqual([...model].sort(([a], [b]) => a - b));
        expect(table.size).toBe(model.size);
        for (let other = 0; other <= 30; other++) expect(table.get(other)).toBe(model.get(other) ?? 0);
      }),
    );
  });
});

describe('NumberList', () => {
  it('holds what a set would', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), number)), (steps) => {
        const list = new NumberList();
        const model = new Set<number>();
        for (const [add, value] of steps) {
          if (!add) list.remove(value);
          else if (!model.has(value)) list.add(value);
          if (add) model.add(value);
          else model.delete(value);
        }
        const held = Array.from({ length: list.size }, (_, i) => list.at(i));
        expect(new Set(held)).toEqual(model);
        expect(held).toHaveLength(model.size);
      }),
    );
  });
});

describe('Members', () => {
  it('gives each id held a number of its own, and forgets those that nobody holds', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.constantFrom('a', 'b', 'c', 'd'))), (steps) => {
        const members = new Members();
        const held = new Map<string, number>();
        for (const [hold, id] of steps) {
          const count = held.get(id) ?? 0;
          if (hold) members.hold(id);
          else if (count > 0) members.release(members.find(id)!);
          held.set(id, Math.max(0, count + (hold ? 1 : -1)));
        }
        const alive = [...held].flatMap(([id, count]) => (count > 0 ? id : []));
        expect(members.size).toBe(alive.length);
        expect(new Set(alive.map((id) => members.find(id))).size).toBe(alive.length);
        for (const id of alive) expect(members.id(members.find(id)!)).toBe(id);
      }),
    );
  });
});
