/** Labels of letters, digits and hyphens, the last one without a digit at its start. */
const HANDLE = /^([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z]([a-z\d-]{0,61}[a-z\d])?$/i;
const HANDLE_CHARS_MOST = 253;
const DID = /^did:[a-z]+:[\w.:%-]*[\w.-]$/;

export function isHandle(text: string): boolean {
  return text.length <= HANDLE_CHARS_MOST && HANDLE.test(text);
}

export function isDid(text: string): boolean {
  return DID.test(text);
}
