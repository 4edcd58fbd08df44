import { json, type Answer } from '../../answer.js';

/** An error of XRPC. */
export function failed(error: string, message: string, status = 400): Answer {
  return json({ error, message }, status);
}

/** A parameter is missing or not as the lexicon has it. */
export function invalid(message: string): Answer {
  return failed('InvalidRequest', `Error: ${message}`);
}
