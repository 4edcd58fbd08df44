import type { Problem } from '@groundswell/protocol';
import type { FastifyReply } from 'fastify';

/** Answers with a problem document. */
export function sendProblem(reply: FastifyReply, document: Problem): FastifyReply {
  return reply.status(document.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(document));
}
