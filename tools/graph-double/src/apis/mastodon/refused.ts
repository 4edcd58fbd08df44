import { json, type Answer } from '../../answer.js';

export function refused(): Answer {
  return json({ error: 'The access token is invalid' }, 401);
}
