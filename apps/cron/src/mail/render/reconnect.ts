import { escapeHtml } from '@groundswell/runtime';
import type { Rendered } from './letter.js';
import { anchor, page } from './page.js';
import { LETTER_WORDS, networkName, RECONNECT_WORDS as WORDS } from './words.js';

/** Writes the request to connect an account again. It names the network, and neither the account nor whom the member watches. */
export function renderReconnect(
  provider: string,
  links: { accounts: string; settings: string; unsubscribe: string },
): Rendered {
  const { subject, heading, connect, otherwise } = WORDS;
  const says = WORDS.text(networkName(provider));
  const text = [
    heading,
    says,
    `${connect}: ${links.accounts}`,
    otherwise,
    `${LETTER_WORDS.settings}: ${links.settings}\n${LETTER_WORDS.unsubscribe}: ${links.unsubscribe}`,
  ];
  const main = [
    `<h1>${escapeHtml(heading)}</h1>`,
    `<p>${escapeHtml(says)}</p>`,
    `<p>${anchor(links.accounts, connect, 'button')}</p>`,
    `<p class="small">${escapeHtml(otherwise)}</p>`,
    `<p class="small">${anchor(links.settings, LETTER_WORDS.settings)} · ${anchor(links.unsubscribe, LETTER_WORDS.unsubscribe)}</p>`,
  ];
  return { subject, text: `${text.join('\n\n')}\n`, html: page(subject, main.join('\n')) };
}
