import { letterCommands } from './letter-commands.js';
import { recordedWire } from './recorded-wire.js';

describe('letterCommands', () => {
  it('read what is the member’s own', async () => {
    const { wire, calls } = recordedWire();
    const commands = letterCommands(wire);
    await commands.mail();
    await commands.notices();
    await commands.exportPrivate();
    expect(calls).toEqual([['GET /v1/mail'], ['GET /v1/notices'], ['GET /v1/private']]);
  });

  it('address every change', async () => {
    const { wire, calls } = recordedWire();
    const commands = letterCommands(wire);
    const settings = { rhythm: 'soon', timeZone: 'UTC', hour: 9, quiet: { from: 22, to: 8 } } as const;
    await commands.putAddress('ada@example.org');
    await commands.removeAddress();
    await commands.putLetters(settings);
    await commands.erasePrivate();
    expect(calls).toEqual([
      ['PUT /v1/mail/address', { address: 'ada@example.org' }],
      ['DELETE /v1/mail/address'],
      ['PUT /v1/mail/letters', settings],
      ['DELETE /v1/private'],
    ]);
  });
});
