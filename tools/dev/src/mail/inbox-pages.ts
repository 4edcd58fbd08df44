import type { FastifyInstance } from 'fastify';
import { escaped, htmlHeaders, htmlPage, htmlTable } from '../portal/html.js';
import type { Inbox, Letter } from './inbox.js';

/** A letter loads nothing at all, and its links open beside it. */
const POPUPS = 'allow-popups allow-popups-to-escape-sandbox';
const LETTER_POLICY = `default-src 'none'; style-src 'unsafe-inline'; sandbox ${POPUPS}`;

/** Pages to look at letters: `/dev/mail`, and one for each. */
export function addInbox(app: FastifyInstance, inbox: Inbox): void {
  app.get('/dev/mail', async (_, reply) =>
    reply.headers(htmlHeaders()).send(htmlPage('Letters', list(inbox.letters), { refreshS: 5 })),
  );
  app.get('/dev/mail.json', async () =>
    inbox.letters.map(({ n, at, to, mail }) => ({ n, at, to, subject: mail.subject ?? '', text: mail.text ?? '' })),
  );
  app.get<{ Params: { n: string } }>('/dev/mail/:n', async ({ params }, reply) => {
    const letter = inbox.find(Number(params.n));
    if (!letter) return reply.callNotFound();
    return reply.headers(htmlHeaders()).send(htmlPage(letter.mail.subject ?? 'No subject', one(letter)));
  });
  app.get<{ Params: { n: string } }>('/dev/mail/:n/html', async ({ params }, reply) => {
    const letter = inbox.find(Number(params.n));
    if (!letter) return reply.callNotFound();
    const html = (letter.mail.html || '').replaceAll('<a ', '<a target="_blank" ');
    return reply.headers(htmlHeaders('text/html', LETTER_POLICY)).send(html);
  });
  app.get<{ Params: { n: string } }>('/dev/mail/:n/source', async ({ params }, reply) => {
    const letter = inbox.find(Number(params.n));
    if (!letter) return reply.callNotFound();
    return reply.headers(htmlHeaders('text/plain')).send(letter.source);
  });
}

function list(letters: readonly Letter[]): string {
  if (letters.length === 0) return '<p>No letter has been sent yet. This page looks again every five seconds.</p>';
  return htmlTable(
    ['At', 'To', 'Subject'],
    letters.map(({ n, at, to, mail }) => ({
      cells: [
        escaped(new Date(at).toLocaleTimeString()),
        escaped(to),
        `<a href="/dev/mail/${n}">${escaped(mail.subject ?? 'No subject')}</a>`,
      ],
    })),
  );
}

function one({ n, to, mail }: Letter): string {
  const told = mail.headerLines.map(({ line }) => escaped(line)).join('\n');
  return (
    `<p>To ${escaped(to)} · <a href="/dev/mail">all letters</a> · <a href="/dev/mail/${n}/source">source</a></p>` +
    (mail.html ? `<iframe src="/dev/mail/${n}/html" sandbox="${POPUPS}" title="The letter"></iframe>` : '') +
    `<h2>As text</h2><pre>${escaped(mail.text ?? '')}</pre><h2>Headers</h2><pre>${told}</pre>`
  );
}
