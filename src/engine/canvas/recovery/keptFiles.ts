export interface KeptPlace {
  readonly canvas: string;
  /** Greater than those of all earlier writes of this canvas; the time of the write (epoch ms) where that allows it. */
  readonly number: number;
}

/** How much is kept, of one canvas and of all. The last write of each is kept beside `canvasBytes`. */
export interface KeptLimits {
  readonly canvasWrites: number;
  readonly canvasBytes: number;
  readonly allWrites: number;
  readonly allBytes: number;
}

export const keptLimits: KeptLimits = {
  canvasWrites: 50,
  canvasBytes: 8 * 1024 * 1024,
  allWrites: 1_000,
  allBytes: 64 * 1024 * 1024,
};

interface Sized {
  readonly place: KeptPlace;
  readonly size: number;
}

/** Which old texts are kept, and which of them are too many. */
export class KeptFiles {
  private readonly sizes = new Map<string, Map<number, number>>();

  constructor(private readonly limits: KeptLimits) {}

  /** Numbers of a canvas, the newest first. */
  numbers(canvas: string): readonly number[] {
    return [...(this.sizes.get(canvas)?.keys() ?? [])].sort((a, b) => b - a);
  }

  next(canvas: string, at: number): number {
    return Math.max(at, (this.numbers(canvas)[0] ?? 0) + 1);
  }

  add({ canvas, number }: KeptPlace, size: number): void {
    const own = this.sizes.get(canvas) ?? new Map<number, number>();
    this.sizes.set(canvas, own.set(number, size));
  }

  forget({ canvas, number }: KeptPlace): void {
    const own = this.sizes.get(canvas);
    own?.delete(number);
    if (own?.size === 0) this.sizes.delete(canvas);
  }

  /** What has to go after this one came, the oldest first; never this one. */
  surplus(newest: KeptPlace): readonly KeptPlace[] {
    const { canvasWrites, canvasBytes, allWrites, allBytes } = this.limits;
    const own = oldest(this.all().filter(({ place }) => place.canvas === newest.canvas), canvasWrites, canvasBytes, newest);
    const rest = this.all().filter(({ place }) => !own.some((one) => isSame(one, place)));
    return [...own, ...oldest(rest, allWrites, allBytes, newest)];
  }

  private all(): readonly Sized[] {
    return [...this.sizes].flatMap(([canvas, own]) => [...own].map(([number, size]) => ({ place: { canvas, number }, size })));
  }
}

function isSame(a: KeptPlace, b: KeptPlace): boolean {
  return a.canvas === b.canvas && a.number === b.number;
}

function oldest(files: readonly Sized[], writes: number, bytes: number, newest: KeptPlace): readonly KeptPlace[] {
  let count = files.length;
  let size = files.reduce((sum, file) => sum + file.size, 0);
  if (count <= writes && size <= bytes) return [];
  const gone: KeptPlace[] = [];
  for (const file of [...files].sort((a, b) => a.place.number - b.place.number)) {
    if (count <= writes && size <= bytes) break;
    if (isSame(file.place, newest)) continue;
    gone.push(file.place);
    count -= 1;
    size -= file.size;
  }
  return gone;
}
