/** Everything that the bus throws, in one table: `name`, `code`, `cause`, and what an operator or a caller does. */

/** Code and remedy by name; README repeats the table. */
export const BUS_ERRORS = {
  BusUnreachable: { code: 'bus_unreachable', remedy: 'Start NATS, or correct its address.' },
  StreamConfigRefused: {
    code: 'stream_config_refused',
    remedy: 'Change the stream by hand as the message says, or copy it into a new one.',
  },
  StreamMissing: { code: 'stream_missing', remedy: 'Create the streams at boot before reading from them.' },
  StreamUnavailable: { code: 'stream_unavailable', remedy: 'Wait until JetStream answers again, then retry.' },
  PublishUnknown: { code: 'publish_unknown', remedy: 'Publish again with the same id: it is stored at most once.' },
  Overloaded: { code: 'overloaded', remedy: 'Nothing was sent. Slow down and publish again.' },
  StorageFull: { code: 'storage_full', remedy: 'Free or add disk space for JetStream, or raise its limits.' },
  WrongLastSequence: { code: 'wrong_last_sequence', remedy: 'Read what was stored in between and decide again.' },
  Refused: { code: 'refused', remedy: 'The message itself cannot be stored: correct it.' },
  StartBeyondEnd: {
    code: 'start_beyond_end',
    remedy: 'The position belongs to another log. Rebuild the view from the beginning.',
  },
  LogChanged: { code: 'log_changed', remedy: 'The log is not the one read so far. Rebuild from its beginning.' },
  KeyExists: { code: 'key_exists', remedy: 'Read the entry, and update it by its revision.' },
  NoAnswer: { code: 'no_answer', remedy: 'See that the process that answers is running, and ask again.' },
} as const;

export type BusErrorName = keyof typeof BUS_ERRORS;

abstract class BusError extends Error {
  abstract override readonly name: BusErrorName;

  get code(): string {
    return BUS_ERRORS[this.name].code;
  }

  get remedy(): string {
    return BUS_ERRORS[this.name].remedy;
  }
}

/** No NATS server answered within the deadline of the first connect. */
export class BusUnreachable extends BusError {
  override readonly name = 'BusUnreachable';
}

/** One setting that differs. */
export interface SettingDifference {
  field: string;
  is: unknown;
  shouldBe: unknown;
}

/** A stream exists with another configuration, and the server does not let it be changed into ours. */
export class StreamConfigRefused extends BusError {
  override readonly name = 'StreamConfigRefused';

  constructor(
    readonly stream: string,
    readonly differences: readonly SettingDifference[],
    options?: ErrorOptions,
  ) {
    const list = differences.map(
      ({ field, is, shouldBe }) => `${field} is ${JSON.stringify(is)} and should be ${JSON.stringify(shouldBe)}`,
    );
    const reason = options?.cause instanceof Error ? ` The server said: ${options.cause.message}.` : '';
    super(
      `the stream ${stream} exists with another configuration: ${list.join('; ')}.${reason} ` +
        `Change it with "nats stream edit ${stream}", or back it up, delete it and start again.`,
      options,
    );
  }
}

export class StreamMissing extends BusError {
  override readonly name = 'StreamMissing';

  constructor(
    readonly stream: string,
    options?: ErrorOptions,
  ) {
    super(`there is no stream ${stream}`, options);
  }
}

/** JetStream did not answer a question about a stream. */
export class StreamUnavailable extends BusError {
  override readonly name = 'StreamUnavailable';
}

/** Not known to be stored: no answer in time, the connection broke, or nobody stores that subject just now. */
export class PublishUnknown extends BusError {
  override readonly name = 'PublishUnknown';
}

/** Too many publishes wait already. Known not to be stored. */
export class Overloaded extends BusError {
  override readonly name = 'Overloaded';
}

/** JetStream has no room. Known not to be stored. */
export class StorageFull extends BusError {
  override readonly name = 'StorageFull';
}

/** Something was stored on the subject since. Known not to be stored. */
export class WrongLastSequence extends BusError {
  override readonly name = 'WrongLastSequence';
}

/** The server does not accept this message: too large, or not allowed. Known not to be stored. */
export class Refused extends BusError {
  override readonly name = 'Refused';
}

/** The wanted position is after the end of the log; the server would wait there in silence. */
export class StartBeyondEnd extends BusError {
  override readonly name = 'StartBeyondEnd';

  constructor(
    readonly stream: string,
    readonly wanted: number,
    readonly lastSeq: number,
  ) {
    super(`position ${wanted} of the stream ${stream} does not follow its end, ${lastSeq}`);
  }
}

/** What identifies a log at a moment. */
export interface LogIdentity {
  /** Creation as the server writes it, RFC 3339 with nanoseconds. */
  created: string;
  firstSeq: number;
  lastSeq: number;
}

/** The log was created anew, lost its end, or lost messages not read yet. */
export class LogChanged extends BusError {
  override readonly name = 'LogChanged';

  constructor(
    readonly stream: string,
    /** Creation, and the highest position received. */
    readonly was: { created: string; position: number },
    /** Undefined: there is no such stream any more. */
    readonly is: LogIdentity | undefined,
  ) {
    const now = is ? `created ${is.created} with positions ${is.firstSeq} to ${is.lastSeq}` : 'gone';
    super(`the stream ${stream}, created ${was.created} and read up to ${was.position}, is now ${now}`);
  }
}

export class KeyExists extends BusError {
  override readonly name = 'KeyExists';

  constructor(
    readonly bucket: string,
    readonly key: string,
    options?: ErrorOptions,
  ) {
    super(`the key ${key} of the bucket ${bucket} exists`, options);
  }
}

/** Nobody answered a question: there is nobody, or not in time. */
export class NoAnswer extends BusError {
  override readonly name = 'NoAnswer';
}
