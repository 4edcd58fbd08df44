import { escapeHtml } from '@groundswell/runtime';

export interface LinkPage {
  title: string;
  text: string;
  /** Sends the page's own address; absent: there is nothing to do. */
  button?: string;
}

const STYLE =
  ':root{color-scheme:light dark;font:1.1rem/1.5 system-ui,sans-serif}' +
  'body{max-width:32rem;margin:15vh auto;padding:0 1.5rem}h1{font-size:1.5rem}' +
  'button{font:inherit;padding:.6em 1.2em;border-radius:.5em;border:1px solid;cursor:pointer}';

/** The page behind a link of a letter: a few words and a button, without scripts and without anything from elsewhere. */
export function linkPage({ title, text, button }: LinkPage): string {
  const form = button ? `<form method="post"><button>${escapeHtml(button)}</button></form>` : '';
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)} · Groundswell</title>` +
    `<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head>` +
    `<body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${form}</main></body></html>`
  );
}
