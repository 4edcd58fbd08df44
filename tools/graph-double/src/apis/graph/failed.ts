import { json, type Answer } from '../../answer.js';

export function failed(code: number, message: string, more: { error_subcode?: number } = {}): Answer {
  return json({ error: { message, type: 'OAuthException', code, ...more, fbtrace_id: 'double' } }, 400);
}

export function refused(): Answer {
  return failed(190, 'Error validating access token: the session has been invalidated.');
}
