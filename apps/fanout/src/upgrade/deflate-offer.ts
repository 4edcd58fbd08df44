export const DEFLATE = 'permessage-deflate';

/** Both ways without context takeover: one compressed frame is right for all, and no socket keeps a window. */
const ACCEPTED = `${DEFLATE}; server_no_context_takeover; client_no_context_takeover`;

/** Frames are compressed once for everybody, with the largest window. */
const WINDOW_BITS = '15';

/**
 * Answers the offers of a `Sec-WebSocket-Extensions` header (RFC 7692, 7.1); undefined: no compression. The first offer
 * that can be met is taken; what is malformed is not met, and the socket goes on without.
 */
export function acceptDeflate(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  for (const offer of header.split(',')) {
    const answer = answerTo(offer);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function answerTo(offer: string): string | undefined {
  const [name, ...parameters] = offer.split(';').map((part) => part.trim());
  if (name !== DEFLATE) return undefined;
  const named = new Set<string>();
  for (const parameter of parameters) {
    const [key = '', value] = parameter.split('=').map((part) => part.trim().replaceAll('"', ''));
    if (named.has(key) || !canMeet(key, value)) return undefined;
    named.add(key);
  }
  return named.has('server_max_window_bits') ? `${ACCEPTED}; server_max_window_bits=${WINDOW_BITS}` : ACCEPTED;
}

function canMeet(key: string, value: string | undefined): boolean {
  switch (key) {
    case 'server_no_context_takeover':
    case 'client_no_context_takeover':
      return value === undefined;
    case 'client_max_window_bits':
      return value === undefined || /^([89]|1[0-5])$/.test(value);
    case 'server_max_window_bits':
      return value === WINDOW_BITS;
    default:
      return false;
  }
}
