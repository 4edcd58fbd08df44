/** A server to compare with, in a process of its own on the core that ours has. */
export interface Peer {
  /** The process that does the work. */
  pid: number;
  /** Where viewers connect. */
  port: number;
  /** Hands it one message to distribute. */
  feed(text: string): void;
  stop(): Promise<void>;
}
