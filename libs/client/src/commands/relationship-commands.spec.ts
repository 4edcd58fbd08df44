import { recordedWire } from './recorded-wire.js';
import { relationshipCommands } from './relationship-commands.js';

describe('relationshipCommands', () => {
  it('read what is the member’s own', async () => {
    const { wire, calls } = recordedWire();
    const commands = relationshipCommands(wire);
    await commands.relationship();
    await commands.watchConsent();
    await commands.watchers();
    await commands.watches();
    expect(calls).toEqual([
      ['GET /v1/relationship'],
      ['GET /v1/relationship/consent'],
      ['GET /v1/relationship/watchers'],
      ['GET /v1/watches'],
    ]);
  });

  it('address every change', async () => {
    const { wire, calls } = recordedWire();
    const commands = relationshipCommands(wire);
    await commands.publishRelationship({ value: 'engaged', quiet: true });
    await commands.withdrawRelationship();
    await commands.putWatchConsent('mutuals');
    await commands.allowWatcher('bo');
    await commands.refuseWatcher('bo');
    await commands.watch('bo');
    await commands.delayWatch('bo', 'day');
    await commands.unwatch('bo');
    expect(calls).toEqual([
      ['PUT /v1/relationship', { value: 'engaged', quiet: true }],
      ['DELETE /v1/relationship'],
      ['PUT /v1/relationship/consent', { mode: 'mutuals' }],
      ['PUT /v1/relationship/watchers/bo'],
      ['DELETE /v1/relationship/watchers/bo'],
      ['PUT /v1/watches/bo'],
      ['PUT /v1/watches/bo/delay', { delay: 'day' }],
      ['DELETE /v1/watches/bo'],
    ]);
  });
});
