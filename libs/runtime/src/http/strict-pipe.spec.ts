import { PostStatusCommand } from '@groundswell/contracts';
import { StrictPipe } from './strict-pipe.js';

const pipe = new StrictPipe();
const check = (body: unknown, metatype: unknown = PostStatusCommand) =>
  pipe.transform(body, { type: 'body', metatype: metatype as typeof PostStatusCommand });

describe('StrictPipe', () => {
  it('makes an instance of what fits', async () => {
    expect(await check({ text: 'hello' })).toEqual(Object.assign(new PostStatusCommand(), { text: 'hello' }));
  });

  it.each([
    ['no object', [], 'invalid_json'],
    ['a text that may not be posted', { text: ' ' }, 'invalid_text'],
    ['a text that is none', { text: 7 }, 'invalid_body'],
    ['a field that is not named', { text: 'x', colour: 'red' }, 'invalid_body'],
    ['lists nested without end', { text: JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) }, 'invalid_body'],
  ])('refuses %s', async (_, body, code) => {
    await expect(check(body)).rejects.toMatchObject({ code });
  });

  it('reports a handler whose body has lost its class', async () => {
    await expect(check({ text: 'x' }, Object)).rejects.toThrow(TypeError);
  });
});
