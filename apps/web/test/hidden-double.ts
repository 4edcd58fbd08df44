import type { NamedMember } from '@groundswell/protocol';

const ADDRESS = /^\/v1\/(blocks|mutes)(?:\/([^/]+))?$/;

/** Whom the one member of the double has blocked and muted. */
export class HiddenDouble {
  readonly #lists = { blocks: new Map<string, NamedMember>(), mutes: new Map<string, NamedMember>() };

  /** What `hide` names. */
  authors(): string[] {
    return [...new Set([...this.#lists.blocks.keys(), ...this.#lists.mutes.keys()])];
  }

  /** The body of the answer, or undefined when the address is of something else. */
  answer(method: string, pathname: string): object | undefined {
    const [, name, member] = ADDRESS.exec(pathname) ?? [];
    if (name !== 'blocks' && name !== 'mutes') return undefined;
    const list = this.#lists[name];
    if (member === undefined) return { [name]: [...list.values()] };
    if (method === 'DELETE') list.delete(member);
    else list.set(member, { id: member, name: member });
    return { seq: 1 };
  }
}
