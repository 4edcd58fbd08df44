/** What the portal answers itself: the page, sign-in, orders of tools, and errors. */
import { problem, type Author } from '@groundswell/protocol';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { sentenceOf } from '../fault.js';
import { readPageFile } from './page-files.js';
import { sendProblem } from './send-problem.js';
import type { SignInCodes } from './sign-in-codes.js';
import type { TokenIssuer } from './token-issuer.js';
import { isTool, readGrants, readOrder, type ProcessOrder } from './tool-access.js';

export interface SignInOptions {
  issuer: TokenIssuer;
  codes: SignInCodes;
  onSignIn?: (member: Author) => void;
}

export interface ToolOptions {
  secret: string;
  processes: ProcessControl;
}

/** What tools may do to the processes of the stack. */
export interface ProcessControl {
  readonly names: readonly string[];
  /** Resolves when it is done; with the new process id after a restart. */
  order: (order: ProcessOrder) => Promise<number | undefined>;
}

export function addErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((_, reply) => sendProblem(reply, problem('not_found', 'There is nothing at this address.')));
  app.setErrorHandler((error: FastifyError, _, reply) => {
    const { statusCode = 500, message } = error;
    if (statusCode === 413) return sendProblem(reply, problem('too_large', message));
    if (statusCode === 415) return sendProblem(reply, problem('unsupported_media_type', 'Send JSON.'));
    if (statusCode < 500) return sendProblem(reply, problem('invalid_json', message));
    return sendProblem(reply, problem('internal', sentenceOf(error).split('\n')[0] ?? ''));
  });
}

export function addPage(app: FastifyInstance, folder: string): void {
  app.get('/*', async (request, reply) => {
    const file = await readPageFile(folder, request.url.split('?')[0] ?? '/');
    if (!file) return reply.callNotFound();
    return reply.headers(file.headers).send(file.content);
  });
}

export function addSignIn(app: FastifyInstance, { codes, issuer, onSignIn }: SignInOptions): void {
  app.post('/dev/sign-in', async (request, reply) => {
    const { code } = (request.body ?? {}) as { code?: unknown };
    const member = typeof code === 'string' ? codes.redeem(code) : undefined;
    if (!member)
      return sendProblem(reply, problem('unauthorized', 'The code is unknown or was used before: take a new link.'));
    onSignIn?.(member);
    return reply.header('cache-control', 'no-store').send({ token: await issuer.mint(member), member });
  });
}

export function addTools(app: FastifyInstance, issuer: TokenIssuer, { secret, processes }: ToolOptions): void {
  const isRefused = (authorization: string | undefined, reply: FastifyReply) => {
    if (isTool(authorization, secret)) return false;
    void sendProblem(reply, problem('unauthorized', 'Send the secret of --token-secret as a bearer token.'));
    return true;
  };
  app.post('/dev/tokens', async (request, reply) => {
    if (isRefused(request.headers.authorization, reply)) return reply;
    const grants = readGrants(request.body);
    if (!Array.isArray(grants)) return sendProblem(reply, grants);
    return { tokens: await Promise.all(grants.map((grant) => issuer.mint(grant))) };
  });
  app.post('/dev/processes', async (request, reply) => {
    if (isRefused(request.headers.authorization, reply)) return reply;
    const order = readOrder(request.body, processes.names);
    if ('status' in order) return sendProblem(reply, order);
    try {
      return { name: order.name, pid: (await processes.order(order)) ?? null };
    } catch (error) {
      return sendProblem(reply, problem('unavailable', sentenceOf(error)));
    }
  });
}
