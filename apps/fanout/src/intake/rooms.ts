import type { Room } from './room.js';

/** The events that this node serves, by id. A room is listed once it has caught up. */
export class Rooms {
  private readonly rooms = new Map<string, Room>();
  private readonly waiting = new Set<(room: Room) => void>();

  get(event: string): Room | undefined {
    return this.rooms.get(event);
  }

  /** The room of an event, which may be about to open; undefined when it does not within `timeoutMs`. */
  async find(event: string, timeoutMs: number): Promise<Room | undefined> {
    const open = this.rooms.get(event);
    if (open) return open;
    return new Promise((resolve) => {
      const done = (room?: Room): void => {
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve(room);
      };
      const look = (room: Room): void => {
        if (room.event === event) done(room);
      };
      const timer = setTimeout(done, timeoutMs);
      this.waiting.add(look);
    });
  }

  add(room: Room): void {
    this.rooms.set(room.event, room);
    for (const look of this.waiting) look(room);
  }

  remove(event: string): void {
    this.rooms.delete(event);
  }

  [Symbol.iterator](): Iterator<Room> {
    return this.rooms.values();
  }
}
