/** The pages of the portal's own: plain, without scripts, and loading nothing. */

const STYLE =
  ':root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{max-width:60rem;margin:2rem auto;padding:0 1rem}' +
  'table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #8884}' +
  'iframe{width:100%;height:32rem;border:1px solid #8884;border-radius:.5rem}pre{white-space:pre-wrap;overflow-wrap:anywhere}' +
  'code{overflow-wrap:anywhere}form{display:inline}button,select{font:inherit}tr:target{background:#fd05}';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'";

/** A whole page; `body` is HTML. With `refreshS` it loads itself anew. */
export function htmlPage(title: string, body: string, { refreshS }: { refreshS?: number } = {}): string {
  const refresh = refreshS === undefined ? '' : `<meta http-equiv="refresh" content="${refreshS}">`;
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8">${refresh}` +
    `<meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>` +
    `<style>${STYLE}</style></head><body><h1>${escaped(title)}</h1>${body}</body></html>`
  );
}

/** A table; heads and cells are HTML. A row that has an id can be jumped to. */
export function htmlTable(
  heads: readonly string[],
  rows: readonly { id?: string; cells: readonly string[] }[],
): string {
  const head = heads.map((cell) => `<th>${cell}</th>`).join('');
  const body = rows.map(({ id, cells }) => {
    const mark = id === undefined ? '' : ` id="${escaped(id)}"`;
    return `<tr${mark}>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}

/** Headers of a page, or of something that is part of one. */
export function htmlHeaders(type = 'text/html', policy = POLICY): Record<string, string> {
  return {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
  };
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
