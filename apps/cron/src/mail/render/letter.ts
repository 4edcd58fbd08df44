import type { Notice } from '@groundswell/contracts';
import { escapeHtml } from '@groundswell/runtime';
import { OWN_NETWORK } from '@groundswell/store';
import { localDate } from '../local-time.js';
import { anchor, page } from './page.js';
import { plainName } from './plain.js';
import { LETTER_WORDS as WORDS, QUESTION_WORDS, seenOn, sentence } from './words.js';

/** What a letter says, twice. */
export interface Rendered {
  subject: string;
  text: string;
  html: string;
}

export interface LetterInput {
  notices: readonly Notice[];
  /** Member → the name they are shown by; who has none, and who is in another network, is shown by their id. */
  names: ReadonlyMap<string, string>;
  /** That dates are in. */
  timeZone: string;
  links: {
    /** The page that says why there is a notice. */
    notice: (id: string) => string;
    settings: string;
    unsubscribe: string;
  };
}

/** Writes a letter with what a watcher is to be told. */
export function renderLetter({ notices, names, timeZone, links }: LetterInput): Rendered {
  const items = notices.map((notice) => ({
    says: sentence(notice, nameOf(notice, names)),
    seen: seenOn(localDate(notice.seenAt, timeZone)),
    why: links.notice(notice.id),
  }));
  const text = [
    WORDS.heading,
    ...items.map(({ says, seen, why }) => `- ${says} ${seen}\n  ${WORDS.why} ${why}`),
    WORDS.reason,
    `${WORDS.settings}: ${links.settings}\n${WORDS.unsubscribe}: ${links.unsubscribe}`,
  ];
  const list = items.map(
    ({ says, seen, why }) =>
      `<li><p><bdi>${escapeHtml(says)}</bdi></p><p class="small">${escapeHtml(seen)} ${anchor(why, WORDS.why)}</p></li>`,
  );
  const main = [
    `<h1>${escapeHtml(WORDS.heading)}</h1>`,
    `<ul>\n${list.join('\n')}\n</ul>`,
    `<p class="small">${escapeHtml(WORDS.reason)}</p>`,
    `<p class="small">${anchor(links.settings, WORDS.settings)} · ${anchor(links.unsubscribe, WORDS.unsubscribe)}</p>`,
  ];
  return { subject: WORDS.subject, text: `${text.join('\n\n')}\n`, html: page(WORDS.subject, main.join('\n')) };
}

/** Writes the question whether an address is the member's. It names nobody: it may have come to somebody else. */
export function renderQuestion(confirm: string): Rendered {
  const { subject, heading, text, confirm: label, otherwise } = QUESTION_WORDS;
  const main = [
    `<h1>${escapeHtml(heading)}</h1>`,
    `<p>${escapeHtml(text)}</p>`,
    `<p>${anchor(confirm, label, 'button')}</p>`,
    `<p class="small">${escapeHtml(otherwise)}</p>`,
  ];
  return {
    subject,
    text: `${[heading, text, confirm, otherwise].join('\n\n')}\n`,
    html: page(subject, main.join('\n')),
  };
}

function nameOf({ provider, subject }: Notice, names: LetterInput['names']): string {
  const name = provider === OWN_NETWORK ? plainName(names.get(subject) ?? '') : '';
  return name || plainName(subject);
}
