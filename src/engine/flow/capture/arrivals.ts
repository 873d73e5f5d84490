import type { Cancel, Clock } from "../../kernel/clock";
import type { Rename } from "../../canvas/renames";

/** How long a path that vanished may turn up under another name. */
const VANISH_MS = 2_000;
/** How long a new path waits for the news that an old one vanished: file systems tell the two in either order. */
const APPEAR_MS = 500;
/** The longest wait between two tries while it cannot be told what belongs together. */
const LONGEST_MS = 30_000;

export interface ArrivalsParts {
  readonly clock: Clock;
  readonly match: (vanished: readonly string[], appeared: readonly string[]) => Promise<readonly Rename[]>;
  readonly renamed: (from: string, to: string) => Promise<void>;
  readonly appeared: (path: string) => Promise<void>;
  readonly vanished: (path: string) => Promise<void>;
  readonly onTrouble: (path: string, error: unknown) => void;
}

/**
 * Canvases that came and went while the vault was watched. Both wait a moment, because together they may be a rename;
 * what finds no partner in its time is a new canvas or a deletion.
 */
export class Arrivals {
  private readonly appearedPaths = new Map<string, Cancel>();
  private readonly vanishedPaths = new Map<string, Cancel>();
  private turn: Promise<void> = Promise.resolve();
  private ended = false;

  constructor(private readonly parts: ArrivalsParts) {}

  /** Paths that still wait for a partner. */
  get waiting(): number {
    return this.appearedPaths.size + this.vanishedPaths.size;
  }

  appear(path: string): void {
    this.take(this.vanishedPaths, path);
    this.wait(this.appearedPaths, path, APPEAR_MS, this.parts.appeared);
  }

  vanish(path: string): void {
    this.take(this.appearedPaths, path);
    this.wait(this.vanishedPaths, path, VANISH_MS, this.parts.vanished);
  }

  /** What became of this path is known without waiting. */
  keep(path: string): void {
    this.take(this.vanishedPaths, path);
    this.take(this.appearedPaths, path);
  }

  /** Decides everything that waits now, without waiting longer, unless it cannot be told what belongs together. */
  async settle(): Promise<void> {
    let paired = false;
    await this.inTurn("", async () => {
      await this.pair();
      paired = true;
    });
    if (!paired) return;
    const rest = [
      ...[...this.appearedPaths.keys()].map((path) => ({ path, list: this.appearedPaths, decide: this.parts.appeared })),
      ...[...this.vanishedPaths.keys()].map((path) => ({ path, list: this.vanishedPaths, decide: this.parts.vanished })),
    ];
    for (const { path, list, decide } of rest) if (this.take(list, path)) await this.inTurn(path, () => decide(path));
  }

  /** Forgets what waits and takes nothing more: the next scan sees it. */
  end(): void {
    this.ended = true;
    for (const path of [...this.appearedPaths.keys()]) this.take(this.appearedPaths, path);
    for (const path of [...this.vanishedPaths.keys()]) this.take(this.vanishedPaths, path);
  }

  private wait(list: Map<string, Cancel>, path: string, ms: number, decide: (path: string) => Promise<void>): void {
    if (this.ended || list.has(path)) return;
    const again = (): void => {
      if (this.take(list, path)) this.wait(list, path, Math.min(2 * ms, LONGEST_MS), decide);
    };
    const ripe = (): Promise<void> =>
      this.inTurn(path, async () => {
        // Deciding alone would cost a canvas that only moved its identity.
        await this.pair().catch((error: unknown) => {
          again();
          throw error;
        });
        if (this.take(list, path)) await decide(path);
      });
    // inTurn reports its own trouble and never rejects.
    list.set(path, this.parts.clock.after(ms, () => void ripe()));
  }

  private async pair(): Promise<void> {
    for (const { from, to } of await this.parts.match([...this.vanishedPaths.keys()], [...this.appearedPaths.keys()])) {
      if (!this.vanishedPaths.has(from) || !this.appearedPaths.has(to)) continue;
      this.take(this.vanishedPaths, from);
      this.take(this.appearedPaths, to);
      await this.parts.renamed(from, to);
    }
  }

  private inTurn(path: string, work: () => Promise<void>): Promise<void> {
    const run = this.turn.then(work).catch((error: unknown) => {
      if (!this.ended) this.parts.onTrouble(path, error);
    });
    this.turn = run;
    return run;
  }

  private take(list: Map<string, Cancel>, path: string): boolean {
    const cancel = list.get(path);
    if (cancel === undefined) return false;
    cancel();
    return list.delete(path);
  }
}
