/** Longest address and local part (RFC 5321, section 4.5.3.1). */
const ADDRESS_MAX = 254;
const LOCAL_MAX = 64;

/** One address, without quotes, comments or a name: nothing that could begin another address or another header. */
const ADDRESS = /^[^\s\p{C}"(),:;<>@[\\\]]+@(?=[^.])[\p{L}\p{N}.-]+\.[\p{L}\p{N}-]*[\p{L}\p{N}]$/u;

/** Whether a text is exactly one mail address that a letter can be sent to. */
export function isOneAddress(text: string): boolean {
  return text.length <= ADDRESS_MAX && text.indexOf('@') <= LOCAL_MAX && ADDRESS.test(text) && !text.includes('..');
}

/** The part of an address after the sign. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
