/** Header that marks a value of a bucket as deleted, by NATS conventions. */
export const OPERATION = 'KV-Operation';

/** Whether a message of a bucket's stream deletes its key. */
export function isDeletion(headers: { get(name: string): string } | undefined): boolean {
  const operation = headers?.get(OPERATION);
  return operation === 'DEL' || operation === 'PURGE';
}
