/** Basic codes that are about an address: no such mailbox, none here, full, not allowed, no mail for this domain. */
const ABOUT_ADDRESS = [521, 550, 551, 552, 553, 556];

/** Enhanced codes (RFC 3463) that are about us or the letter: too large, protocol, content, policy. */
const ABOUT_US = /^5\.(?:3\.4|[567]\.\d{1,3})$/;

const ENHANCED = /^5\d\d[ -](5\.\d{1,3}\.\d{1,3})\b/;

/** Whether a status of a bounce says that an address is no good. Our own bad reputation is no reason to stop everybody's. */
export function isAddressFault(status: string): boolean {
  return /^5\.\d{1,3}\.\d{1,3}$/.test(status) && !ABOUT_US.test(status);
}

/** The same for the reply of a server. */
export function isAddressRefusal(code: number, reply: string): boolean {
  if (code < 500) return false;
  const enhanced = ENHANCED.exec(reply)?.[1];
  return enhanced ? isAddressFault(enhanced) : ABOUT_ADDRESS.includes(code);
}
