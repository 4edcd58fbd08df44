import { EVENT_ID, IDEMPOTENCY_KEY, ITEM_ID, MEMBER_ID, REMOTE_PROVIDERS } from '@groundswell/protocol';
import { ProblemError } from '@groundswell/runtime';
import type { PipeTransform } from '@nestjs/common';

/** Checks a part of the address against the shape of its identifier. */
class Shape implements PipeTransform<string, string> {
  constructor(
    private readonly shape: RegExp,
    private readonly sentence: string,
  ) {}

  transform(value: string): string {
    if (!this.shape.test(value)) throw new ProblemError('invalid_parameter', this.sentence);
    return value;
  }
}

export const EventParameter = new Shape(EVENT_ID, 'An event id is lower-case letters, digits and hyphens, at most 63.');
export const ItemParameter = new Shape(ITEM_ID, 'A status id is 16 characters of base64url.');
export const MemberParameter = new Shape(MEMBER_ID, 'A member id is letters, digits, "_" and "-", at most 64.');

export const ProviderParameter = new Shape(
  new RegExp(`^(${REMOTE_PROVIDERS.join('|')})$`),
  `A network is one of ${REMOTE_PROVIDERS.join(', ')}.`,
);

/** Name of the header, as Node spells it. */
export const KEY_HEADER = 'idempotency-key';

/** Checks the Idempotency-Key of a request, which may be absent. */
export function idempotencyKey(header: string | undefined): string | undefined {
  if (header !== undefined && !IDEMPOTENCY_KEY.test(header)) {
    throw new ProblemError('invalid_idempotency_key', 'Send 1 to 128 visible ASCII characters as Idempotency-Key.');
  }
  return header;
}
