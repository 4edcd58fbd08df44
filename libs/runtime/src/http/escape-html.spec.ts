import { escapeHtml } from './escape-html.js';

describe('escapeHtml', () => {
  it('lets text begin or end neither an element nor an attribute', () => {
    expect(escapeHtml(`<a href="x" id='y'>Tom & Ann</a>`)).toBe(
      '&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;Tom &amp; Ann&lt;/a&gt;',
    );
    expect(escapeHtml('&amp; wörtlich')).toBe('&amp;amp; wörtlich');
  });
});
