import { paths } from '@groundswell/protocol';
import type { Audience, EventView, PostCommentBody, PostedBody, PostStatusBody } from '@groundswell/protocol';
import { accountCommands } from './account-commands.js';
import type { AccountCommands } from './account-commands.js';
import { UnexpectedAnswer } from './command-errors.js';
import { newIdempotencyKey } from './http.js';
import { letterCommands } from './letter-commands.js';
import type { LetterCommands } from './letter-commands.js';
import { peopleCommands } from './people-commands.js';
import type { PeopleCommands } from './people-commands.js';
import { relationshipCommands } from './relationship-commands.js';
import type { RelationshipCommands } from './relationship-commands.js';
import { Requester } from './requester.js';
import type { RequesterOptions } from './requester.js';

export interface CommandsOptions extends RequesterOptions {
  /** Makes Idempotency-Keys; default: 128 random bits in hex. */
  newKey?: () => string;
}

/** `key`: Idempotency-Key of an earlier attempt, to try the same command again without a duplicate. */
export interface StatusDraft {
  text: string;
  audience?: Audience;
  key?: string;
}

export interface CommentDraft {
  text: string;
  inReplyTo?: string;
  key?: string;
}

/**
 * The HTTP commands. Each rejects with `CommandRefused` when the server says no, `CommandUnavailable` when no answer
 * could be had, `UnexpectedAnswer` when it was not understood.
 */
export interface Commands extends PeopleCommands, RelationshipCommands, LetterCommands, AccountCommands {
  postStatus(event: string, draft: StatusDraft): Promise<PostedBody>;
  postComment(event: string, status: string, draft: CommentDraft): Promise<PostedBody>;
  /** Likes a status, or does no longer; saying it twice is no error. */
  like(event: string, status: string, on: boolean): Promise<void>;
  deleteStatus(event: string, status: string): Promise<void>;
  deleteComment(event: string, status: string, comment: string): Promise<void>;
  events(): Promise<EventView[]>;
}

export function createCommands(options: CommandsOptions = {}): Commands {
  const requester = new Requester(options);
  const newKey = options.newKey ?? newIdempotencyKey;
  const read = (path: string) => requester.send({ method: 'GET', path });
  const write = (method: string, path: string, body?: object, key = newKey()) =>
    requester.send({ method, path, key, ...(body ? { body } : {}) });

  return {
    postStatus(event, { text, audience, key }) {
      const body: PostStatusBody = audience ? { text, audience } : { text };
      return write('POST', paths.statuses(event), body, key) as Promise<PostedBody>;
    },
    postComment(event, status, { text, inReplyTo, key }) {
      const body: PostCommentBody = inReplyTo ? { text, inReplyTo } : { text };
      return write('POST', paths.comments(event, status), body, key) as Promise<PostedBody>;
    },
    async like(event, status, on) {
      await write(on ? 'PUT' : 'DELETE', paths.like(event, status));
    },
    async deleteStatus(event, status) {
      await write('DELETE', paths.status(event, status));
    },
    async deleteComment(event, status, comment) {
      await write('DELETE', paths.comment(event, status, comment));
    },
    ...peopleCommands({ read, write }),
    ...relationshipCommands({ read, write }),
    ...letterCommands({ read, write }),
    ...accountCommands({ read, write }),
    async events() {
      const list = await read(paths.events());
      if (!Array.isArray(list)) throw new UnexpectedAnswer(200);
      return list as EventView[];
    },
  };
}
