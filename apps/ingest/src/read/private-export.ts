import type { PrivateExport } from '@groundswell/protocol';
import type { MemberSide } from '@groundswell/store';
import type { MailViews } from './mail-views.js';
import { accountViews, remoteWatches, type RelationshipViews } from './relationship-views.js';

export interface PrivateExporterOptions {
  side: (member: string) => Promise<MemberSide>;
  relationships: RelationshipViews;
  mail: MailViews;
}

/** Everything that is kept sealed of a member, for them to take away. */
export class PrivateExporter {
  constructor(private readonly o: PrivateExporterOptions) {}

  async of(member: string): Promise<PrivateExport> {
    const { side, relationships, mail } = this.o;
    const [{ consent, answers, watches, accounts, elsewhere }, relationship, letters, { notices }] = await Promise.all([
      side(member),
      relationships.own(member),
      mail.mail(member),
      mail.notices(member),
    ]);
    return {
      member,
      relationship,
      consent: { mode: consent, answers: [...answers].map(([watcher, answer]) => ({ watcher, answer })) },
      watches: watches.toSorted(),
      accounts: accountViews(accounts),
      elsewhere: remoteWatches(elsewhere),
      mail: letters,
      notices,
    };
  }
}
