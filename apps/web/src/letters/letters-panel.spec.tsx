/** @jest-environment jsdom */
import { jest } from '@jest/globals';
import { createCommands, type Commands } from '@groundswell/client';
import { USUAL_LETTERS, type MailView, type NoticeView, type PrivateExport } from '@groundswell/protocol';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { LettersPanel } from './letters-panel.js';

const NOTICE: NoticeView = {
  id: 'n1',
  provider: 'own',
  subject: { id: 'bo', name: 'Bo' },
  from: 'single',
  to: 'engaged',
  seenAt: Date.UTC(2026, 4, 1, 10),
  confirmedAt: Date.UTC(2026, 4, 1, 11),
  mailedAt: Date.UTC(2026, 4, 2, 9),
};

const EXPORT = { member: 'ada', watches: ['bo'] } as unknown as PrivateExport;

/** Draws the panel before a server on paper; returns what was sent. */
async function draw(world: Partial<MailView & { notices: NoticeView[] }> = {}) {
  const side = { address: null, letters: USUAL_LETTERS, notices: [], ...world };
  const sent: unknown[] = [];
  const accept = (what: unknown, then: () => void = () => undefined) => {
    sent.push(what);
    then();
    return Promise.resolve({ seq: 1 });
  };
  const commands: Commands = {
    ...createCommands(),
    mail: () => Promise.resolve({ address: side.address, letters: side.letters }),
    notices: () => Promise.resolve({ notices: side.notices }),
    putAddress: (address) => accept(address, () => (side.address = { address, state: 'asked', reason: null })),
    removeAddress: () => accept('remove', () => (side.address = null)),
    putLetters: (settings) => accept(settings, () => (side.letters = settings)),
    exportPrivate: () => Promise.resolve(EXPORT),
    erasePrivate: async () => void (await accept('erase')),
  };
  await act(async () => render(<LettersPanel commands={commands} />));
  return sent;
}

const press = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })));
const type = (label: string, value: string) =>
  act(async () => fireEvent.change(screen.getByLabelText(label), { target: { value } }));

describe('LettersPanel', () => {
  beforeEach(() => {
    // jsdom draws nothing, so nothing can be scrolled to.
    Element.prototype.scrollIntoView = () => undefined;
  });
  afterEach(() => window.history.replaceState(null, '', '/'));

  it('takes an address, and says what is to be done with it', async () => {
    const sent = await draw();
    expect(screen.getByText(/You get no letters/)).toBeTruthy();
    await type('Your mail address', 'ada@example.org');
    await press('Save');
    expect(screen.getByText(/Open the letter that we have sent to ada@example.org/)).toBeTruthy();
    await press('Remove');
    expect(screen.getByText(/You get no letters/)).toBeTruthy();
    expect(sent).toEqual(['ada@example.org', 'remove']);
  });

  it.each([
    ['confirmed', null, /Letters go to ada@example.org/],
    ['stopped', 'bounced', /Your mailbox refused/],
    ['stopped', 'unsubscribed', /You have unsubscribed/],
  ] as const)('says what an address that is %s (%s) means', async (state, reason, words) => {
    await draw({ address: { address: 'ada@example.org', state, reason } });
    expect(screen.getByText(words)).toBeTruthy();
  });

  it('sets when letters come, in the time zone of the viewer', async () => {
    const sent = await draw();
    await type('When letters come', 'soon');
    expect(screen.queryByLabelText('At')).toBeNull();
    await type('Other networks at', '7');
    await type('Nothing from', '23');
    await press('Set');
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    expect(sent).toEqual([{ rhythm: 'soon', timeZone, hour: 7, quiet: { from: 23, to: 8 } }]);
  });

  it('shows what was told and why, and opens what a letter has linked to', async () => {
    window.history.replaceState(null, '', '/?notice=n1');
    await draw({ notices: [{ ...NOTICE, id: 'n2', subject: { id: 'cy', name: 'Cy' } }, NOTICE] });
    const [cy, bo] = screen.getAllByRole('group') as HTMLDetailsElement[];
    expect([cy!.open, bo!.open]).toEqual([false, true]);
    expect(bo!.textContent).toContain('Bo: Single → Engaged');
    expect(bo!.textContent).toContain(`${new Date(NOTICE.seenAt).toLocaleString()}: Engaged, no longer Single`);
    expect(bo!.textContent).toContain(`${new Date(NOTICE.confirmedAt).toLocaleString()}: still Engaged`);
    expect(bo!.textContent).toContain('You watch Bo, who lets you.');
    expect(document.activeElement?.textContent).toBe('Bo: Single → Engaged');
  });

  it('says what was seen in another network without a word for it of our own', async () => {
    const seen = {
      provider: 'bluesky',
      from: 'follows',
      to: 'follows_not',
      subject: { id: 'did:plc:bo', name: 'did:plc:bo' },
    };
    await draw({ notices: [{ ...NOTICE, ...seen }] });
    const told = screen.getByRole('group').textContent;
    expect(told).toContain('did:plc:bo on Bluesky no longer follows you');
    expect(told).toContain('You watch did:plc:bo on Bluesky.');
    expect(told).toContain(`${new Date(NOTICE.confirmedAt).toLocaleString()}: still so`);
  });

  it('says when what a letter has linked to is not there', async () => {
    window.history.replaceState(null, '', '/?notice=n9');
    await draw({ notices: [NOTICE] });
    expect(document.activeElement?.textContent).toMatch(/^What this letter was about is not here/);
    expect((screen.getByRole('group') as HTMLDetailsElement).open).toBe(false);
  });

  it('erases only after a question', async () => {
    const sent = await draw();
    await press('Erase it');
    await press('Cancel');
    expect(sent).toEqual([]);
    await press('Erase it');
    await press('Yes, erase it');
    expect(sent).toEqual(['erase']);
  });

  it('hands out everything as a file', async () => {
    const saved: { name: string; bytes: number }[] = [];
    let bytes = 0;
    URL.createObjectURL = (blob: Blob) => {
      bytes = blob.size;
      return 'blob:all';
    };
    URL.revokeObjectURL = () => undefined;
    const click = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: unknown) {
      saved.push({ name: (this as HTMLAnchorElement).download, bytes });
    });
    await draw();
    await press('Download it');
    click.mockRestore();
    expect(saved).toEqual([{ name: 'groundswell.json', bytes: JSON.stringify(EXPORT, null, 2).length }]);
  });
});
