import { defaultHandle } from './profile.js';

it.each([
  ['did:web:ada.example', 'ada.example'],
  ['did:plc:abc', 'abc.example'],
  ['did:key:z:6', 'z-6.example'],
  ['17', 'member17'],
])('the handle of %s is %s', (id, handle) => {
  expect(defaultHandle(id)).toBe(handle);
});
