/** What a profile may hold. Shared by the form in the page and by the server. */
import { NAME_MAX_CHARS } from './limits.js';
import { codePoints } from './text.js';

/** `PUT /v1/profile`: the whole profile; what is left out is gone. */
export interface ProfileBody {
  name: string;
  /** A colour `#rrggbb`, or the https address of a picture. */
  avatar?: string;
  /** IANA name, e.g. `Europe/Berlin`. */
  timeZone?: string;
  /** BCP 47 language tag, e.g. `de-AT`. */
  locale?: string;
}

export type ProfileField = keyof ProfileBody;

interface FieldRule {
  fits: (text: string) => boolean;
  /** Completes `<field> must be …`. */
  rule: string;
}

const AVATAR_MAX = 500;
const TIME_ZONE_MAX = 64;
const LOCALE_MAX = 35;

const UNPRINTABLE = /[\p{Cc}\p{Surrogate}]/u;
const COLOUR = /^#[0-9a-f]{6}$/i;
/** No user name or password, and nothing that ends an attribute or a `url()`. */
const PICTURE = /^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:[/?#][\w\-.~:/?#[\]@!$&*+,;=%]*)?$/i;

export const PROFILE_RULES: Readonly<Record<ProfileField, FieldRule>> = {
  name: {
    fits: (text) => text.trim() !== '' && !UNPRINTABLE.test(text) && codePoints(text) <= NAME_MAX_CHARS,
    rule: `text of 1 to ${NAME_MAX_CHARS} characters, without control characters`,
  },
  avatar: {
    fits: (text) => COLOUR.test(text) || (text.length <= AVATAR_MAX && PICTURE.test(text)),
    rule: `a colour "#rrggbb" or an https address of at most ${AVATAR_MAX} characters`,
  },
  timeZone: {
    fits: (text) => text.length <= TIME_ZONE_MAX && accepts(() => new Intl.DateTimeFormat('en', { timeZone: text })),
    rule: 'an IANA time zone such as "Europe/Berlin"',
  },
  locale: {
    fits: (text) => text.length <= LOCALE_MAX && accepts(() => Intl.getCanonicalLocales(text)),
    rule: 'a BCP 47 language tag such as "de-AT"',
  },
};

/** What is wrong with a field of a profile, or undefined when it fits. */
export function profileFault(field: ProfileField, value: unknown): string | undefined {
  const { fits, rule } = PROFILE_RULES[field];
  return typeof value === 'string' && fits(value) ? undefined : `must be ${rule}`;
}

/** `Intl` knows the names; it throws at those that it does not know. */
function accepts(ask: () => unknown): boolean {
  try {
    ask();
    return true;
  } catch {
    return false;
  }
}
