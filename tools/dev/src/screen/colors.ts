import pc from 'picocolors';

export interface Colors {
  bold: (text: string) => string;
  dim: (text: string) => string;
  cyan: (text: string) => string;
  green: (text: string) => string;
  red: (text: string) => string;
  yellow: (text: string) => string;
}

/** Colours for a stream: none where it is not a terminal, or where NO_COLOR is set. */
export function colorsFor(stream: { isTTY?: boolean }): Colors {
  return pc.createColors(Boolean(stream.isTTY) && pc.isColorSupported);
}
