import { json, type Answer } from './answer.js';
import type { Double } from './double.js';
import { ControlInvalid, FAULT_KINDS, readFault, type FaultKind } from './fault.js';
import { MadeWorld, type WorldSettings } from './world.js';

type Body = Record<string, unknown>;
type Command = (double: Double, body: Body) => Answer;

const done = json({ ok: true });

const COMMANDS: Readonly<Record<string, Command>> = {
  'PUT /control/world': (double, body) => {
    if (!Array.isArray(body['members'])) throw new ControlInvalid('"members" is a list of {"id": …}.');
    double.world = new MadeWorld(body as unknown as WorldSettings);
    return done;
  },
  'PUT /control/following': (double, { follower, followed, follows }) => {
    if (typeof follower !== 'string' || typeof followed !== 'string' || typeof follows !== 'boolean') {
      throw new ControlInvalid('{"follower": id, "followed": id, "follows": true or false} is needed.');
    }
    return change(double, (world) => world.setFollowing(follower, followed, follows));
  },
  'PUT /control/status': (double, { id, status }) => {
    if (typeof id !== 'string' || !(typeof status === 'string' || status === null)) {
      throw new ControlInvalid('{"id": id, "status": text, or null for none} is needed.');
    }
    return change(double, (world) => world.setStatus(id, status ?? undefined));
  },
  'PUT /control/settings': (double, body) => {
    double.set(body);
    return done;
  },
  'PUT /control/wave': (double, body) => {
    double.turnTo(Number(body['wave']));
    return done;
  },
  'POST /control/faults': (double, body) => {
    double.faults.order(readFault(body));
    return done;
  },
  'PUT /control/chance': (double, body) => {
    double.faults.leaveToChance(readChance(body));
    return done;
  },
  'DELETE /control/faults': (double) => {
    double.faults.clear();
    return done;
  },
  'GET /control/requests': (double) => json(double.entries),
  'DELETE /control/requests': (double) => {
    double.forget();
    return done;
  },
};

/** What the control API answers. */
export function control(
  double: Double,
  { method, path, body }: { method: string; path: string; body: string },
): Answer {
  const command = COMMANDS[`${method} ${path}`];
  if (!command) return json({ error: `There are ${Object.keys(COMMANDS).join(', ')}.` }, 404);
  try {
    return command(double, parse(body));
  } catch (error) {
    if (error instanceof ControlInvalid) return json({ error: error.message }, 400);
    throw error;
  }
}

function change({ made }: Double, how: (world: MadeWorld) => void): Answer {
  if (!made) throw new ControlInvalid('Waves are served: PUT /control/world first, or PUT /control/wave.');
  try {
    how(made);
  } catch (cause) {
    throw new ControlInvalid((cause as Error).message, { cause });
  }
  return done;
}

function parse(body: string): Body {
  if (body === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body;
  } catch (cause) {
    throw new ControlInvalid('The body is not JSON.', { cause });
  }
  throw new ControlInvalid('The body is a JSON object.');
}

function readChance({ share, kinds }: Body): { share: number; kinds: FaultKind[] } {
  const known = Array.isArray(kinds) && kinds.every((kind) => FAULT_KINDS.includes(kind as FaultKind));
  if (typeof share !== 'number' || share < 0 || share > 1 || !known) {
    throw new ControlInvalid(`"share" is 0 to 1, "kinds" some of ${FAULT_KINDS.join(', ')}.`);
  }
  return { share, kinds: kinds as FaultKind[] };
}
