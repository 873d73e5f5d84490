import type { Cancel, Clock } from "../../kernel/clock";
import { calmGuard, judgeDeletions } from "../../canvas/deletionGuard";
import type { LocalGraph } from "../../graph/localGraph";
import type { ScanMemory } from "./scanMemory";
import type { VaultPort } from "./vaultPort";

/** How long a canvas that was found may stand for the vault, well within the time that vanished ones wait. */
const WITNESS_MS = 1_000;
/** Quiet after which a vault that came back counts as whole: what is copied or mounted comes in pieces. */
const RETURNED_MS = 10_000;

export interface AwayGuardParts {
  readonly clock: Clock;
  readonly files: Pick<VaultPort, "readCanvas" | "excludes">;
  readonly graph: Pick<LocalGraph, "canvases">;
  readonly memory: Pick<ScanMemory, "guard" | "calm">;
  readonly scan: () => Promise<unknown>;
  readonly onTrouble: (error: unknown) => void;
}

interface Witness {
  readonly path: string;
  /** Monotonic ms. */
  readonly at: number;
}

/** The deletion guard while the vault is watched. It only ever suspects: whether canvases are gone is for scans to say. */
export class AwayGuard {
  private witness: Witness | null = null;
  private holding = false;
  private scanning = false;
  private ended = false;
  private quiet: Cancel | null = null;

  constructor(private readonly parts: AwayGuardParts) {}

  /** Whether no known canvas is left besides these, where there were several. */
  async suspects(gone: readonly string[]): Promise<boolean> {
    const known = this.known();
    const missing = new Set(gone);
    const question = { guard: calmGuard, known: known.length, missing: missing.size, confirmed: false };
    if (judgeDeletions({ ...question, present: 0 }).believe) return false;
    return !(await this.isOneThere(known.filter((path) => !missing.has(path))));
  }

  /** Lets a scan decide, unless one has just found nothing: a second one would take its word for confirmed. */
  hold(): void {
    this.holding = true;
    this.endQuiet();
    if (this.parts.memory.guard.emptyScans === 0) this.scan();
  }

  /** A known canvas is there: what was found empty says nothing any more, and is looked at again when it is quiet. */
  cameBack(): void {
    if (this.ended || !this.isAway()) return;
    // At once, and not only after that look: it would confirm the last one if the vault went away again until then.
    this.parts.memory.calm().catch(this.parts.onTrouble);
    this.endQuiet();
    this.quiet = this.parts.clock.after(RETURNED_MS, () => {
      this.quiet = null;
      this.scan();
    });
  }

  /** A scan came to its end. True when it found canvases, or that they are gone: nothing has to be held back. */
  scanned(): boolean {
    const isDecided = this.parts.memory.guard.emptyScans === 0;
    if (isDecided) this.holding = false;
    return isDecided;
  }

  end(): void {
    this.ended = true;
    this.endQuiet();
  }

  private isAway(): boolean {
    return this.holding || this.quiet !== null || this.parts.memory.guard.emptyScans > 0;
  }

  private endQuiet(): void {
    this.quiet?.();
    this.quiet = null;
  }

  private scan(): void {
    if (this.scanning || this.ended) return;
    this.scanning = true;
    const done = (): void => void (this.scanning = false);
    this.parts.scan().catch(this.parts.onTrouble).finally(done);
  }

  private known(): readonly string[] {
    const { files, graph } = this.parts;
    const live = graph.canvases().filter((canvas) => canvas.live);
    return live.map((canvas) => canvas.path).filter((path) => files.excludes?.(path) !== true);
  }

  private async isOneThere(paths: readonly string[]): Promise<boolean> {
    const now = this.parts.clock.monotonic();
    const { witness } = this;
    if (witness !== null && now - witness.at <= WITNESS_MS && paths.includes(witness.path)) return true;
    for (const path of paths) {
      if ((await this.parts.files.readCanvas(path)).kind === "missing") continue;
      this.witness = { path, at: now };
      return true;
    }
    return false;
  }
}
