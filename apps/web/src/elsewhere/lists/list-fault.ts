const WORDS = {
  not_a_handle: 'Write your handle as in ada.example.org, or your DID as in did:plc:abc123.',
  not_a_token: 'A token has no blanks in it, and no letters outside of English. Copy it again.',
  unreachable: 'The network does not answer your browser. Try again in a few minutes.',
  busy: 'The network wants to be asked less often. Try again in a few minutes.',
  refused: 'The network does not accept this token, or not for this. Make a new one there.',
  other_account: 'This token is not for the account that you have connected. Use one of that account.',
  unknown_account: 'The network does not know this account. Check how it is written.',
  unexpected: 'The network answered in a form that is not understood here. You can still watch somebody by id.',
} as const;

export type ListFaultCode = keyof typeof WORDS;

/** Another network did not tell what it was asked. `message` is for the person who wanted to know, and says what to do. */
export class ListFault extends Error {
  override readonly name = 'ListFault';
  readonly code: ListFaultCode;

  constructor(code: ListFaultCode, cause?: unknown) {
    super(WORDS[code], { cause });
    this.code = code;
  }
}
