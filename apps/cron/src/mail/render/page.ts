import { escapeHtml } from '@groundswell/runtime';

/** Both schemes are named, so that programs with a dark mode need not turn colours about. All pairs have a contrast of 7 : 1 at least. */
const STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 24px 16px; background: #ffffff; color: #1a1a1a;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
main { max-width: 34em; margin: 0 auto; }
h1 { font-size: 22px; line-height: 1.3; margin: 0 0 16px; }
ul { padding: 0; margin: 0 0 24px; list-style: none; }
li { padding: 12px 0; border-top: 1px solid #8c8c8c; }
p { margin: 0 0 8px; }
a { color: #0b3d91; text-decoration: underline; }
.button { display: inline-block; padding: 10px 16px; border: 2px solid #0b3d91; border-radius: 6px; }
.small { font-size: 14px; color: #4a4a4a; }
@media (prefers-color-scheme: dark) {
  body { background: #121212; color: #ededed; }
  a { color: #a8c7fa; }
  .button { border-color: #a8c7fa; }
  .small { color: #c4c4c4; }
}
`;

/** A link as HTML. */
export function anchor(url: string, text: string, className?: string): string {
  const kind = className ? ` class="${className}"` : '';
  return `<a href="${escapeHtml(url)}"${kind}>${escapeHtml(text)}</a>`;
}

/** A whole letter as HTML: nothing in it is loaded from anywhere. `main` is HTML, the title is text. */
export function page(title: string, main: string): string {
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}
