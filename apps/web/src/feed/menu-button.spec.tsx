/** @jest-environment jsdom */
import { act, fireEvent, render, screen } from '@testing-library/react';
import { createRef } from 'react';
import { MenuButton } from './menu-button.js';

function draw() {
  const ran: string[] = [];
  const items = ['One', 'Two', 'Three'].map((label) => ({ label, run: () => ran.push(label) }));
  render(
    <>
      <MenuButton label="More" items={items} button={createRef()} />
      <button type="button">Elsewhere</button>
    </>,
  );
  return ran;
}

const button = () => screen.getByRole('button', { name: 'More' });
const focused = () => document.activeElement?.textContent;
const key = (name: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key: name });

describe('MenuButton', () => {
  it('opens on its first item, and says so', () => {
    draw();
    expect([button().getAttribute('aria-haspopup'), button().getAttribute('aria-expanded')]).toEqual(['menu', 'false']);
    fireEvent.click(button());
    expect(button().getAttribute('aria-expanded')).toBe('true');
    expect(button().getAttribute('aria-controls')).toBe(screen.getByRole('menu', { name: 'More' }).id);
    expect(focused()).toBe('One');
  });

  it('opens with the arrow, moves with arrows, Home and End, and goes round', () => {
    draw();
    button().focus();
    key('ArrowDown');
    const seen = ['ArrowDown', 'End', 'ArrowDown', 'ArrowUp', 'Home'].map((name) => {
      key(name);
      return focused();
    });
    expect(seen).toEqual(['Two', 'Three', 'One', 'Three', 'One']);
  });

  it('closes with Escape and gives the focus back', () => {
    draw();
    fireEvent.click(button());
    key('Escape');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(button());
  });

  it('closes when the focus leaves it, and leaves the focus where it went', () => {
    draw();
    fireEvent.click(button());
    const elsewhere = screen.getByRole('button', { name: 'Elsewhere' });
    act(() => elsewhere.focus());
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(elsewhere);
  });

  it('keeps the focus while an item is pressed, and runs it once', () => {
    const ran = draw();
    fireEvent.click(button());
    const item = screen.getByRole('menuitem', { name: 'Two' });
    // False: the browser was told not to move the focus.
    expect(fireEvent.mouseDown(item)).toBe(false);
    fireEvent.click(item);
    expect(ran).toEqual(['Two']);
    expect(screen.queryByRole('menu')).toBeNull();
  });
});
