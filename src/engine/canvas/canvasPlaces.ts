import { canvasKey, type CaseRule } from "./canvasPath";

/** Renames that are remembered for those who still say the old name. */
const REMEMBERED = 500;

/** Renames followed for one write: names that were swapped in a circle end here. */
export const MAX_MOVES = 8;

interface Group {
  key: string;
  readonly lock: string;
  readonly places: Set<CanvasPlace>;
}

/** A canvas that somebody writes or waits to write. Its path is the present one. */
export class CanvasPlace {
  constructor(
    public path: string,
    public group: Group,
  ) {}

  /** The name of its lock. One that was renamed keeps its lock, else who waits under the new name would not wait. */
  get lock(): string {
    return this.group.lock;
  }
}

/** Where the canvases are that somebody wants to write, while they are renamed. */
export class CanvasPlaces {
  private readonly groups = new Map<string, Group>();
  /** By the key of the old path, the oldest first. */
  private readonly moves = new Map<string, string>();

  constructor(private readonly caseRule: CaseRule | undefined) {}

  enter(path: string): CanvasPlace {
    const key = this.keyOf(path);
    const group = this.groups.get(key) ?? { key, lock: key, places: new Set() };
    this.groups.set(key, group);
    const place = new CanvasPlace(path, group);
    group.places.add(place);
    return place;
  }

  leave(place: CanvasPlace): void {
    const { group } = place;
    group.places.delete(place);
    if (group.places.size === 0) this.groups.delete(group.key);
  }

  renamed(from: string, to: string): void {
    const [old, now] = [this.keyOf(from), this.keyOf(to)];
    this.remember(old, now, to);
    const group = this.groups.get(old);
    if (group === undefined) return;
    const others = old === now ? undefined : this.groups.get(now);
    for (const place of others?.places ?? []) {
      place.group = group;
      group.places.add(place);
    }
    this.groups.delete(old);
    group.key = now;
    this.groups.set(now, group);
    for (const place of group.places) place.path = to;
  }

  /** The newer path of a canvas that is no longer where it was, or null. */
  wentTo(path: string): string | null {
    return this.moves.get(this.keyOf(path)) ?? null;
  }

  private remember(old: string, now: string, to: string): void {
    this.moves.delete(now);
    if (old === now) return;
    this.moves.delete(old);
    this.moves.set(old, to);
    const [oldest] = this.moves.keys();
    if (this.moves.size > REMEMBERED && oldest !== undefined) this.moves.delete(oldest);
  }

  private keyOf(path: string): string {
    return canvasKey(path, this.caseRule);
  }
}
