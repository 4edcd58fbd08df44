/** The line that says that a process of the benchmark is ready, and where. */
export interface Listening {
  port: number;
  /** Where statuses come in, for servers. */
  feed?: number;
}

export function sayListening(where: Listening): void {
  process.stdout.write(`${JSON.stringify({ msg: 'listening', ...where })}\n`);
}
