import type { FastifyInstance } from 'fastify';
import type { Inbox, Letter } from './inbox.js';

const STYLE =
  ':root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{max-width:60rem;margin:2rem auto;padding:0 1rem}' +
  'table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #8884}' +
  'iframe{width:100%;height:32rem;border:1px solid #8884;border-radius:.5rem}pre{white-space:pre-wrap;overflow-wrap:anywhere}';

/** Pages load nothing but a letter; a letter loads nothing at all, and its links open beside it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'";
const POPUPS = 'allow-popups allow-popups-to-escape-sandbox';
const LETTER_POLICY = `default-src 'none'; style-src 'unsafe-inline'; sandbox ${POPUPS}`;

/** Pages to look at letters: `/dev/mail`, and one for each. */
export function addInbox(app: FastifyInstance, inbox: Inbox): void {
  app.get('/dev/mail', async (_, reply) =>
    reply.headers(headers('text/html')).send(page('Letters', list(inbox.letters), { refreshS: 5 })),
  );
  app.get('/dev/mail.json', async () =>
    inbox.letters.map(({ n, at, to, mail }) => ({ n, at, to, subject: mail.subject ?? '', text: mail.text ?? '' })),
  );
  app.get<{ Params: { n: string } }>('/dev/mail/:n', async ({ params }, reply) => {
    const letter = inbox.find(Number(params.n));
    if (!letter) return reply.callNotFound();
    return reply.headers(headers('text/html')).send(page(letter.mail.subject ?? 'No subject', one(letter)));
  });
  app.get<{ Params: { n: string } }>('/dev/mail/:n/html', async ({ params }, reply) => {
    const letter = inbox.find(Number(params.n));
    if (!letter) return reply.callNotFound();
    const html = (letter.mail.html || '').replaceAll('<a ', '<a target="_blank" ');
    return reply.headers(headers('text/html', LETTER_POLICY)).send(html);
  });
  app.get<{ Params: { n: string } }>('/dev/mail/:n/source', async ({ params }, reply) => {
    const letter = inbox.find(Number(params.n));
    if (!letter) return reply.callNotFound();
    return reply.headers(headers('text/plain')).send(letter.source);
  });
}

function headers(type: string, policy = POLICY): Record<string, string> {
  return {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
  };
}

function list(letters: readonly Letter[]): string {
  if (letters.length === 0) return '<p>No letter has been sent yet. This page looks again every five seconds.</p>';
  const rows = letters.map(
    ({ n, at, to, mail }) =>
      `<tr><td>${escaped(new Date(at).toLocaleTimeString())}</td><td>${escaped(to)}</td>` +
      `<td><a href="/dev/mail/${n}">${escaped(mail.subject ?? 'No subject')}</a></td></tr>`,
  );
  return `<table><thead><tr><th>At</th><th>To</th><th>Subject</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function one({ n, to, mail }: Letter): string {
  const told = mail.headerLines.map(({ line }) => escaped(line)).join('\n');
  return (
    `<p>To ${escaped(to)} · <a href="/dev/mail">all letters</a> · <a href="/dev/mail/${n}/source">source</a></p>` +
    (mail.html ? `<iframe src="/dev/mail/${n}/html" sandbox="${POPUPS}" title="The letter"></iframe>` : '') +
    `<h2>As text</h2><pre>${escaped(mail.text ?? '')}</pre><h2>Headers</h2><pre>${told}</pre>`
  );
}

function page(title: string, body: string, { refreshS }: { refreshS?: number } = {}): string {
  const refresh = refreshS === undefined ? '' : `<meta http-equiv="refresh" content="${refreshS}">`;
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8">${refresh}<title>${escaped(title)}</title>` +
    `<style>${STYLE}</style></head><body><h1>${escaped(title)}</h1>${body}</body></html>`
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
