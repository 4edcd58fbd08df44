import { readAccountAnswer, readAccountQuestion } from './account-questions.js';

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe('readAccountQuestion', () => {
  const question = { provider: 'graph', watcher: 'ada', subjects: ['1', '2'] };

  it('reads what ingest asks', () => {
    expect(readAccountQuestion(bytes(question))).toEqual(question);
  });

  it.each([
    { ...question, provider: 1 },
    { ...question, watcher: 'no member' },
    { ...question, subjects: [1] },
    { ...question, subjects: '1' },
    null,
    [],
  ])('refuses %j', (other) => {
    expect(readAccountQuestion(bytes(other))).toBeUndefined();
  });
});

describe('readAccountAnswer', () => {
  it.each([{ known: [] }, { known: ['1'] }, { fault: 'later' }, { fault: 'no_account' }, { fault: 'refused' }])(
    'reads %j',
    (answer) => {
      expect(readAccountAnswer(bytes(answer))).toEqual(answer);
    },
  );

  it.each([{ known: [1] }, { fault: 'tired' }, {}, null, 'known'])('refuses %j', (other) => {
    expect(readAccountAnswer(bytes(other))).toBeUndefined();
  });
});
