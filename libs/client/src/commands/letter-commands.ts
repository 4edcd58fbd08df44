import { paths } from '@groundswell/protocol';
import type { LetterSettings, MailView, NoticesView, PrivateExport, SocialAcceptedBody } from '@groundswell/protocol';
import type { Wire } from './people-commands.js';

/** Where and when the signed-in member is written to, what they were told, and all that is kept sealed of them. */
export interface LetterCommands {
  mail(): Promise<MailView>;
  /** The address is asked whether it is the member's; nothing else is sent to it before. Refused with `mail_off`. */
  putAddress(address: string): Promise<SocialAcceptedBody>;
  removeAddress(): Promise<SocialAcceptedBody>;
  putLetters(settings: LetterSettings): Promise<SocialAcceptedBody>;
  notices(): Promise<NoticesView>;
  exportPrivate(): Promise<PrivateExport>;
  /** Cannot be undone. */
  erasePrivate(): Promise<void>;
}

export function letterCommands({ read, write }: Wire): LetterCommands {
  const say = (method: 'PUT' | 'DELETE', path: string, body?: object) =>
    write(method, path, body) as Promise<SocialAcceptedBody>;
  return {
    mail: () => read(paths.mail()) as Promise<MailView>,
    putAddress: (address) => say('PUT', paths.mailAddress(), { address }),
    removeAddress: () => say('DELETE', paths.mailAddress()),
    putLetters: (settings) => say('PUT', paths.mailLetters(), settings),
    notices: () => read(paths.notices()) as Promise<NoticesView>,
    exportPrivate: () => read(paths.private()) as Promise<PrivateExport>,
    async erasePrivate() {
      await write('DELETE', paths.private());
    },
  };
}
