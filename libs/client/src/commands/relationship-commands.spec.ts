import { relationshipCommands } from './relationship-commands.js';

function recorded() {
  const calls: [string, object?][] = [];
  const commands = relationshipCommands({
    read: (path) => {
      calls.push([`GET ${path}`]);
      return Promise.resolve({});
    },
    write: (method, path, body) => {
      calls.push(body ? [`${method} ${path}`, body] : [`${method} ${path}`]);
      return Promise.resolve({ seq: 1 });
    },
  });
  return { commands, calls };
}

describe('relationshipCommands', () => {
  it('read what is the member’s own', async () => {
    const { commands, calls } = recorded();
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
    const { commands, calls } = recorded();
    await commands.publishRelationship({ value: 'engaged', quiet: true });
    await commands.withdrawRelationship();
    await commands.putWatchConsent('mutuals');
    await commands.allowWatcher('bo');
    await commands.refuseWatcher('bo');
    await commands.watch('bo');
    await commands.unwatch('bo');
    expect(calls).toEqual([
      ['PUT /v1/relationship', { value: 'engaged', quiet: true }],
      ['DELETE /v1/relationship'],
      ['PUT /v1/relationship/consent', { mode: 'mutuals' }],
      ['PUT /v1/relationship/watchers/bo'],
      ['DELETE /v1/relationship/watchers/bo'],
      ['PUT /v1/watches/bo'],
      ['DELETE /v1/watches/bo'],
    ]);
  });
});
