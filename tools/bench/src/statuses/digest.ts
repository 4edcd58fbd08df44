/** A number for a set of ids, whatever their order: two sets that differ by one id differ in it. */
export class IdDigest {
  private sum = 0;
  count = 0;

  add(id: string): void {
    let hash = 0x811c9dc5;
    for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
    this.sum = (this.sum + (hash >>> 0)) % 2 ** 48;
    this.count++;
  }

  get value(): string {
    return `${this.count}:${this.sum}`;
  }
}
