import { ShunChanges } from './shun-changes.js';

describe('ShunChanges', () => {
  it('names who began or ceased to shun somebody, once', () => {
    const changes = new ShunChanges();
    changes.note('vera', 'mallory', false);
    changes.note('walt', 'ada', true);
    const now = (viewer: string) => viewer === 'vera';
    expect(changes.take(now)).toEqual(['vera', 'walt']);
    expect(changes.take(now)).toEqual([]);
  });

  it('does not name who thinks as before', () => {
    const changes = new ShunChanges();
    changes.note('vera', 'mallory', true);
    changes.note('vera', 'mallory', false);
    expect(changes.take(() => true)).toEqual([]);
  });

  it('does not name who has been told', () => {
    const changes = new ShunChanges();
    changes.note('vera', 'mallory', false);
    changes.forget('vera');
    expect(changes.take(() => true)).toEqual([]);
  });
});
