import type { Cancel, Clock } from "../../kernel/clock";
import type { Rename } from "../../canvas/renames";
import { EngineStopped } from "../record/openWork";

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
  /** Whether it is more likely that the vault is away than that all of these are gone for good. */
  readonly isVaultAway: (gone: readonly string[]) => Promise<boolean>;
  /** Some were held back for that: somebody else has to decide about them. */
  readonly onHeld: () => void;
  readonly onTrouble: (path: string, error: unknown) => void;
}

const noTimer: Cancel = () => undefined;

/**
 * Canvases that came and went while the vault was watched. Both wait a moment, because together they may be a rename;
 * what finds no partner in its time is a new canvas or a deletion. Where the whole vault may be away, what vanished is
 * held back until it comes back, turns up under another name, or is let go.
 */
export class Arrivals {
  private readonly appearedPaths = new Map<string, Cancel>();
  private readonly vanishedPaths = new Map<string, Cancel>();
  private readonly heldPaths = new Map<string, Cancel>();
  private turn: Promise<void> = Promise.resolve();
  private ended = false;

  constructor(private readonly parts: ArrivalsParts) {}

  /** Paths that still wait for a partner. */
  get waiting(): number {
    return this.appearedPaths.size + this.gone().length;
  }

  /** The same, by name. */
  get paths(): readonly string[] {
    return [...this.appearedPaths.keys(), ...this.vanishedPaths.keys()];
  }

  appear(path: string): void {
    this.takeGone(path);
    this.wait(this.appearedPaths, path, APPEAR_MS, this.parts.appeared);
  }

  vanish(path: string): void {
    this.take(this.appearedPaths, path);
    if (!this.heldPaths.has(path)) this.wait(this.vanishedPaths, path, VANISH_MS, this.parts.vanished);
  }

  /** What became of this path is known without waiting. */
  keep(path: string): void {
    this.takeGone(path);
    this.take(this.appearedPaths, path);
  }

  /**
   * Somebody looks at a new path now: if it is one that vanished, it gets its new name before that. Rejects where it
   * cannot be told, for the look would then make a new canvas of it. The path waits on until `keep` says what became of it.
   */
  meet(path: string): Promise<void> {
    this.appear(path);
    const paired = this.turn.then(() => {
      if (this.ended) throw new EngineStopped();
      return this.pair();
    });
    // Whoever asks hears of a failure. What comes next tries again.
    this.turn = paired.catch(() => undefined);
    return paired;
  }

  /** A scan has decided about what was held back. */
  letGo(): void {
    this.heldPaths.clear();
  }

  /**
   * Decides everything that waits now, without waiting longer, unless it cannot be told what belongs together. What is
   * held back is left to the next scan.
   */
  async settle(): Promise<void> {
    let isReady = false;
    await this.inTurn("", async () => {
      await this.pair();
      await this.holdBack();
      isReady = true;
    });
    if (!isReady) return;
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
    for (const path of this.gone()) this.takeGone(path);
  }

  private wait(list: Map<string, Cancel>, path: string, ms: number, decide: (path: string) => Promise<void>): void {
    if (this.ended || list.has(path)) return;
    const again = (): void => {
      if (this.take(list, path)) this.wait(list, path, Math.min(2 * ms, LONGEST_MS), decide);
    };
    const ripe = (): Promise<void> =>
      this.inTurn(path, async () => {
        // Deciding alone would cost a canvas that only moved its identity.
        const isHeld = await this.pairOrHold(list, path).catch((error: unknown) => {
          again();
          throw error;
        });
        if (isHeld) this.parts.onHeld();
        else if (this.take(list, path)) await decide(path);
      });
    // inTurn reports its own trouble and never rejects.
    list.set(path, this.parts.clock.after(ms, () => void ripe()));
  }

  /** True when it was held back. */
  private async pairOrHold(list: Map<string, Cancel>, path: string): Promise<boolean> {
    await this.pair();
    return list === this.vanishedPaths && list.has(path) && this.holdBack();
  }

  /** Holds all that vanished back where the vault may be away: deciding one by one would delete all but the last few. */
  private async holdBack(): Promise<boolean> {
    const gone = this.gone();
    if (this.vanishedPaths.size === 0 || !(await this.parts.isVaultAway(gone))) return false;
    // Some may have come back meanwhile.
    for (const path of gone) if (this.take(this.vanishedPaths, path)) this.heldPaths.set(path, noTimer);
    return true;
  }

  private async pair(): Promise<void> {
    for (const { from, to } of await this.parts.match(this.gone(), [...this.appearedPaths.keys()])) {
      if (!this.isGone(from) || !this.appearedPaths.has(to)) continue;
      this.takeGone(from);
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

  private gone(): readonly string[] {
    return [...this.vanishedPaths.keys(), ...this.heldPaths.keys()];
  }

  private isGone(path: string): boolean {
    return this.vanishedPaths.has(path) || this.heldPaths.has(path);
  }

  private takeGone(path: string): void {
    this.take(this.vanishedPaths, path);
    this.take(this.heldPaths, path);
  }

  private take(list: Map<string, Cancel>, path: string): boolean {
    const cancel = list.get(path);
    if (cancel === undefined) return false;
    cancel();
    return list.delete(path);
  }
}
