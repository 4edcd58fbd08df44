import { readMailTask } from './notify-messages.js';

const read = (value: unknown) => readMailTask(new TextEncoder().encode(JSON.stringify(value)));

describe('readMailTask', () => {
  it.each([
    { kind: 'letter', watcher: 'ada', until: 5 },
    { kind: 'question', watcher: 'ada' },
    { kind: 'reconnect', watcher: 'ada', provider: 'graph', of: 7 },
  ])('reads %j', (task) => {
    expect(read(task)).toEqual(task);
  });

  it.each([
    { kind: 'letter', watcher: 'ada' },
    { kind: 'question' },
    { kind: 'reconnect', watcher: 'ada', provider: 'graph' },
    { kind: 'reconnect', watcher: 'ada', of: 7 },
    { kind: 'reconnect', provider: 'graph', of: 7 },
    { kind: 'postcard', watcher: 'ada' },
    null,
    'text',
  ])('refuses %j', (task) => {
    expect(read(task)).toBeUndefined();
  });
});
