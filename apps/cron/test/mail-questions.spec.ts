import { type MailStage, MINUTE } from './mail-stage.js';
import { useMail } from './use-mail.js';

describe('questions', () => {
  const used = useMail();
  const { open } = used;
  let stage: MailStage;
  beforeAll(() => {
    stage = used.stage;
  });

  const ask = async (): Promise<void> => {
    await stage.say('ada', { kind: 'address', content: { step: 'asked', address: stage.address('ada') } });
    await stage.task({ kind: 'question', watcher: stage.name('ada') });
  };

  it('go to the address that is asked about, with a link and nothing to unsubscribe from', async () => {
    await ask();
    expect(await stage.round(await open())).toEqual(['asked']);
    const [{ mail }] = stage.office.for(stage.address('ada')) as [ReturnType<typeof stage.office.for>[0]];
    expect(mail.text).toMatch(/\nhttps:\/\/api\.example\.org\/v1\/mail\/confirm\?token=[\w-]+\.[\w-]+\.[\w-]+\n/);
    expect([mail.headers.has('list'), mail.headers.get('auto-submitted')]).toEqual([false, 'auto-generated']);
  });

  it('go nowhere once the address is confirmed, stopped or gone', async () => {
    await ask();
    await stage.say('ada', { kind: 'address', content: { step: 'confirmed', address: stage.address('ada') } });
    await stage.task({ kind: 'question', watcher: stage.name('nobody') });
    expect(await stage.round(await open())).toEqual(['over', 'over']);
    expect(stage.letters('ada')).toEqual([]);
  });

  it('are five an hour at most', async () => {
    const mail = await open();
    for (let i = 0; i < 6; i++) {
      await ask();
      stage.now += MINUTE;
      await stage.workOff(mail);
    }
    expect(stage.outcomes).toEqual(['asked', 'asked', 'asked', 'asked', 'asked', 'full']);
    expect(stage.letters('ada')).toHaveLength(5);
  });

  it('wait while the view is behind', async () => {
    await stage.write('ada', { kind: 'address', content: { step: 'asked', address: stage.address('ada') } });
    await stage.task({ kind: 'question', watcher: stage.name('ada') });
    expect([await stage.round(await open()), stage.letters('ada')]).toEqual([['failed'], []]);
  });
});
