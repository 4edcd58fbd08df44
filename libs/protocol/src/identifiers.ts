/** Shapes of identifiers. All are safe as a NATS subject token, in a Redis key and in a URL path, unescaped. */

/** Event: lower case, digits and hyphens, at most 63. */
export const EVENT_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Member: given by the identity provider; letters, digits, `_` and `-`, at most 64. */
export const MEMBER_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Status or comment: 16 characters of base64url (96 bits). */
export const ITEM_ID = /^[A-Za-z0-9_-]{16}$/;

/** Idempotency-Key: 1–128 visible ASCII characters. */
export const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,128}$/;
