/** @jest-environment jsdom */
import { fireEvent, screen } from '@testing-library/react';
import { recordingOutbox, renderCards } from '../../test/render-cards.js';
import { Composer } from './composer.js';

function draw(maxChars = 420) {
  window.scrollTo = () => undefined;
  const { outbox, sent } = recordingOutbox();
  renderCards(<Composer />, { outbox, maxChars });
  const field = screen.getByLabelText<HTMLTextAreaElement>('Your status');
  const post = screen.getByRole<HTMLButtonElement>('button', { name: 'Post' });
  const write = (value: string) => fireEvent.change(field, { target: { value } });
  return { sent, field, post, write };
}

describe('Composer', () => {
  it('counts code points, not units', () => {
    const { write } = draw();
    write('🎉🎉');
    expect(screen.getByLabelText('418 characters left')).toBeTruthy();
  });

  it('sends to the audience that is chosen, and empties itself', () => {
    const { sent, field, post, write } = draw();
    write('Hello');
    fireEvent.click(screen.getByLabelText('Friends only'));
    fireEvent.click(post);
    expect(sent).toMatchObject([{ event: 'final', text: 'Hello', audience: 'friends' }]);
    expect(field.value).toBe('');
  });

  it('does not send what cannot be posted, and says why', () => {
    const { sent, field, post, write } = draw(5);
    for (const text of ['', '   ', 'too long', 'a\u0007b']) {
      write(text);
      fireEvent.keyDown(field, { key: 'Enter', metaKey: true });
    }
    expect([sent.length, post.disabled]).toEqual([0, true]);
    expect(screen.getByText(/control character/)).toBeTruthy();
    expect(field.getAttribute('aria-invalid')).toBe('true');
  });

  it('takes the limit from the server', () => {
    const { post, write } = draw(3);
    write('abc');
    expect(post.disabled).toBe(false);
    write('abcd');
    expect(post.disabled).toBe(true);
  });
});
