/** @jest-environment jsdom */
import { render, screen } from '@testing-library/react';
import { RichText } from './rich-text.js';

describe('RichText', () => {
  it('shows markup as text', () => {
    const { container } = render(<RichText text={'<img src=x onerror="alert(1)"> & <b>'} />);
    expect(container.querySelector('img, b')).toBeNull();
    expect(container.textContent).toBe('<img src=x onerror="alert(1)"> & <b>');
  });

  it('makes links that tell nothing of this page', () => {
    render(<RichText text="see https://a.example/x" facets={[{ kind: 'link', start: 4, end: 23 }]} />);
    const link = screen.getByRole('link', { name: 'https://a.example/x' });
    expect([link.getAttribute('href'), link.getAttribute('rel')]).toEqual([
      'https://a.example/x',
      'noopener nofollow ugc',
    ]);
  });

  it('does not make a link of anything but http and https', () => {
    render(<RichText text="javascript:alert(1)" facets={[{ kind: 'link', start: 0, end: 19 }]} />);
    expect(screen.queryByRole('link')).toBeNull();
    expect(screen.getByText('javascript:alert(1)').tagName).toBe('P');
  });
});
