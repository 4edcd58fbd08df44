import {
  EMPTY_LEDGER,
  readLedger,
  readNotice,
  writeLedger,
  type MailLedger,
  type NoticeContent,
} from './mail-ledger.js';

const notice: NoticeContent = {
  provider: 'own',
  subject: 'ben',
  from: 'single',
  to: 'engaged',
  seenAt: 5,
  confirmedAt: 9,
  baselineAt: 1,
  told: 0,
};

describe('a mail ledger', () => {
  it('is read as it was written', () => {
    const ledger: MailLedger = {
      claim: { letter: 'x', notices: [{ id: 'n', ...notice }], until: 20, tries: 0 },
      mailed: { 'own:ben': { baselineAt: 1, value: 'engaged', id: 'n' } },
      sentAt: [10],
      history: [{ id: 'n', ...notice, mailedAt: 10 }],
    };
    expect(readLedger(writeLedger(ledger))).toEqual(ledger);
    expect(readLedger(writeLedger(EMPTY_LEDGER))).toEqual(EMPTY_LEDGER);
  });

  it.each(['', 'null', '{}', '{"mailed":{},"sentAt":[]}', 'text'])('is not %j', (text) => {
    expect(() => readLedger(new TextEncoder().encode(text))).toThrow(SyntaxError);
  });
});

describe('readNotice', () => {
  it('reads what an outbox holds', () => {
    expect(readNotice('n', JSON.stringify(notice))).toEqual({ id: 'n', ...notice });
  });

  it.each(['', 'null', '{}', JSON.stringify({ ...notice, to: 5 }), JSON.stringify({ ...notice, told: 'once' })])(
    'refuses %j',
    (json) => {
      expect(readNotice('n', json)).toBeUndefined();
    },
  );
});
