import type { Wire } from './people-commands.js';

/** For specs: a wire that writes down what is sent, and answers everything. */
export function recordedWire(): { wire: Wire; calls: [string, object?][] } {
  const calls: [string, object?][] = [];
  const wire: Wire = {
    read: (path) => {
      calls.push([`GET ${path}`]);
      return Promise.resolve({});
    },
    write: (method, path, body) => {
      calls.push(body ? [`${method} ${path}`, body] : [`${method} ${path}`]);
      return Promise.resolve({ seq: 1 });
    },
  };
  return { wire, calls };
}
