import { renderReconnect } from './reconnect.js';

const LINKS = {
  accounts: 'https://page.example.org/?settings=accounts',
  settings: 'https://page.example.org/?settings=mail',
  unsubscribe: 'https://api.example.org/v1/mail/unsubscribe?token=a&b',
};

describe('renderReconnect', () => {
  it('says in which network, and where to go, as text and as HTML', () => {
    const { text, html } = renderReconnect('mastodon', LINKS);
    expect(text).toContain('cannot ask Mastodon');
    for (const link of Object.values(LINKS)) {
      expect(text).toContain(link);
      expect(html).toContain(`href="${link.replace('&', '&amp;')}"`);
    }
  });

  it('has a subject that names no network', () => {
    expect(new Set(['mastodon', 'bluesky', 'graph'].map((name) => renderReconnect(name, LINKS).subject))).toEqual(
      new Set(['Please connect an account again – Groundswell']),
    );
  });

  it('calls a network that has no name another one', () => {
    expect(renderReconnect('<graph>', LINKS).html).toContain('cannot ask another network');
  });
});
