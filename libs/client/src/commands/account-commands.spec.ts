import { accountCommands } from './account-commands.js';
import { recordedWire } from './recorded-wire.js';

describe('accountCommands', () => {
  it('address every read and change, whatever a network calls its accounts', async () => {
    const { wire, calls } = recordedWire();
    const commands = accountCommands(wire);
    await commands.accounts();
    await commands.connectAccount('mastodon', { account: '7', token: 'a-token' });
    await commands.connectAccount('bluesky', { account: 'did:plc:ada' });
    await commands.disconnectAccount('mastodon');
    await commands.watchElsewhere('bluesky', ['did:web:bo.example%3A3000', 'did:plc:bo']);
    await commands.delayElsewhere('bluesky', 'did:plc:bo', 'day');
    await commands.unwatchElsewhere('bluesky', 'did:plc:bo');
    expect(calls).toEqual([
      ['GET /v1/accounts'],
      ['PUT /v1/accounts/mastodon', { account: '7', token: 'a-token' }],
      ['PUT /v1/accounts/bluesky', { account: 'did:plc:ada' }],
      ['DELETE /v1/accounts/mastodon'],
      ['POST /v1/watches/bluesky', { subjects: ['did:web:bo.example%3A3000', 'did:plc:bo'] }],
      ['PUT /v1/watches/bluesky/did%3Aplc%3Abo/delay', { delay: 'day' }],
      ['DELETE /v1/watches/bluesky/did%3Aplc%3Abo'],
    ]);
  });
});
