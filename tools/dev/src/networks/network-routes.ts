import { problem } from '@groundswell/protocol';
import type { FastifyInstance } from 'fastify';
import { htmlHeaders } from '../portal/html.js';
import { isSameOrigin } from '../portal/same-origin.js';
import { sendProblem } from '../portal/send-problem.js';
import { accountPage, addressOf, HOME, homePage, NONE } from './network-pages.js';
import { NetworksUnavailable, type Networks } from './networks.js';
import { STATUSES, type RemoteAccount } from './remote-world.js';

/** Pages to connect accounts of the other networks and to change what is told there: `/dev/networks`, and one for each account. */
export function addNetworks(app: FastifyInstance, networks: Networks): void {
  app.get(HOME, async (_, reply) => reply.headers(htmlHeaders()).send(homePage(networks)));
  app.get<{ Params: { network: string; member: string } }>(`${HOME}/:network/:member`, async ({ params }, reply) => {
    const account = networks.find(params.network, params.member);
    if (!account) return reply.callNotFound();
    return reply.headers(htmlHeaders()).send(accountPage(account, networks));
  });
  // Forms are read here and nowhere else.
  void app.register(async (forms) => {
    forms.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
      done(null, new URLSearchParams(String(body))),
    );
    forms.addHook('onRequest', async (request, reply) => {
      if (isSameOrigin(request.headers)) return undefined;
      return sendProblem(reply, problem('forbidden', `Use the buttons of ${HOME}: only its own pages may send this.`));
    });
    forms.post(`${HOME}/:network/:member`, async (request, reply) => {
      const { network, member } = request.params as { network: string; member: string };
      const account = networks.find(network, member);
      if (!account) return reply.callNotFound();
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      try {
        if (!(await change(networks, account, form))) {
          return sendProblem(reply, problem('invalid_body', 'The form names nobody who has followed this account.'));
        }
      } catch (error) {
        if (!(error instanceof NetworksUnavailable)) throw error;
        return sendProblem(reply, problem('unavailable', `${error.message} ${error.remedy}`));
      }
      const row = `${addressOf(account)}#${encodeURIComponent(form.get('id') ?? '')}`;
      return reply.redirect(form.get('to') === 'home' ? HOME : row, 303);
    });
  });
}

/** False when the form makes no sense. */
async function change(networks: Networks, account: RemoteAccount, form: URLSearchParams): Promise<boolean> {
  const id = form.get('id') ?? '';
  const status = form.get('status');
  if (status === null) return networks.setFollowing(id, account.id, form.get('follows') === 'true');
  const isKnown = status === NONE || STATUSES.some((one) => one === status);
  const isTheirs = networks.followers(account).some((follower) => follower.id === id);
  return isKnown && isTheirs && networks.setStatus(id, status === NONE ? undefined : status);
}
