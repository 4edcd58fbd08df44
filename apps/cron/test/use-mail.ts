import { useNats, useRedis } from '@groundswell/testing';
import type { Mail, MailPorts } from '../src/mail/mail.js';
import { MailStage } from './mail-stage.js';

export interface UsedMail {
  /** From the first test on. */
  readonly stage: MailStage;
  /** A process of the mail; it is stopped after the test. */
  open: (...args: Parameters<MailStage['open']>) => Promise<Mail>;
}

/** Real servers for the tests of a `describe`, each with members of its own. */
export function useMail(): UsedMail {
  const nats = useNats();
  const redis = useRedis();
  const opened: Mail[] = [];
  const used: { stage?: MailStage } = {};

  beforeAll(async () => {
    used.stage = await MailStage.start({ nats: nats.url, redis: redis.url });
  });
  afterAll(() => used.stage?.stop());
  beforeEach(() => used.stage!.begin());
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((mail) => mail.stop()));
  });
  return {
    get stage() {
      return used.stage!;
    },
    open: async (...args) => {
      const mail = await used.stage!.open(...args);
      opened.push(mail);
      return mail;
    },
  };
}

/** The bucket of a process, for faults to be put into. */
export function bucketOf({ ledgers }: MailPorts): MailPorts['ledgers'] {
  return {
    get: (key) => ledgers.get(key),
    create: (key, value) => ledgers.create(key, value),
    update: (key, value, revision) => ledgers.update(key, value, revision),
  };
}
