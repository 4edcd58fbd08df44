import type { MemberKeys } from '@groundswell/bus';
import { tokenAbout, type PutAccountCommand, type TokenClaims } from '@groundswell/contracts';
import {
  NEEDS_TOKEN,
  REMOTE_ACCOUNT,
  type RemoteNetwork,
  type RemoteProvider,
  type SocialAcceptedBody,
} from '@groundswell/protocol';
import { ProblemError, seal } from '@groundswell/runtime';
import type { MemberSide } from '@groundswell/store';
import type { MemberLimit } from '../limit/member-limit.js';
import { logProblem } from './log-writer.js';
import type { PrivateWriter } from './private-writer.js';

export interface AccountRequest {
  caller: TokenClaims;
  provider: RemoteProvider;
  /** Idempotency-Key. */
  key: string | undefined;
}

export interface AccountsOptions {
  writer: PrivateWriter;
  keys: Pick<MemberKeys, 'of'>;
  /** In which accounts can be connected. */
  networks: readonly RemoteNetwork[];
  /** Accounts that a member connects: each is asked about at the network concerned. */
  connections: MemberLimit;
  /** A member's own side, up to date. */
  side: (member: string) => Promise<MemberSide>;
}

/** Writes who members are in other networks. A token leaves this process in a box of its own, which only the notifier opens. */
export class Accounts {
  constructor(private readonly o: AccountsOptions) {}

  /** Whether the account is the member's is found out by the notifier, before it uses any answer. Throws `invalid_body` or `network_off`. */
  async connect(
    { caller, provider, key }: AccountRequest,
    { account, token }: PutAccountCommand,
  ): Promise<SocialAcceptedBody> {
    requireShape(provider, { account, token });
    if (!this.o.networks.some((one) => one.provider === provider))
      throw new ProblemError('network_off', `${provider} is not asked from here: no account can be connected.`);
    await this.o.connections.spend(caller);
    const member = caller.sub;
    const box = token === undefined ? undefined : await this.boxOf({ provider, account, member }, token);
    const content = { provider, account, ...(box === undefined ? {} : { token: box }) };
    const { seq } = await this.o.writer.write(member, { kind: 'account', content }, key);
    return { seq };
  }

  /** What is watched there is kept, and not looked at any more. */
  async disconnect({ caller, provider, key }: AccountRequest): Promise<SocialAcceptedBody> {
    const { accounts, checkpoint } = await this.o.side(caller.sub);
    if (checkpoint && !accounts.has(provider)) return { seq: checkpoint.seq };
    const content = { provider, account: null };
    const { seq } = await this.o.writer.write(caller.sub, { kind: 'account', content }, key);
    return { seq };
  }

  private async boxOf(whose: Parameters<typeof tokenAbout>[0], token: string): Promise<string> {
    const sealing = await this.o.keys.of(whose.member).catch((error: unknown) => {
      throw logProblem(error);
    });
    return seal(sealing, tokenAbout(whose), { token });
  }
}

function requireShape(
  provider: RemoteProvider,
  { account, token }: { account: string; token: string | undefined },
): void {
  const errors: { at: string; message: string }[] = [];
  if (!REMOTE_ACCOUNT[provider].test(account)) errors.push({ at: '/account', message: ACCOUNT_SENTENCES[provider] });
  if (NEEDS_TOKEN[provider] && token === undefined)
    errors.push({ at: '/token', message: `token is needed: ${provider} tells only who is signed in there` });
  if (!NEEDS_TOKEN[provider] && token !== undefined)
    errors.push({ at: '/token', message: `token must be left out: ${provider} needs none, and none is kept` });
  if (errors.length === 0) return;
  const detail = `Correct this: ${errors.map(({ message }) => message).join('; ')}.`;
  throw new ProblemError('invalid_body', detail, { errors });
}

const ACCOUNT_SENTENCES: Readonly<Record<RemoteProvider, string>> = {
  graph: 'account must be the number of your account, 1 to 20 digits',
  bluesky: 'account must be your DID, such as did:plc:abc123',
  mastodon: 'account must be the id of your account on its server, at most 64 letters and digits, not its name',
};
