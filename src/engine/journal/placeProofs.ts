import type { Hasher } from "../kernel/hash";
import { createAlternatingFile, type AlternatingFile } from "./alternatingFile";
import type { DataFolder } from "./port";
import { RangeSet, type ReadonlyRanges } from "./ranges";
import { deviceFolder } from "./segments";
import { placesOf, Standing } from "./standing";
import { readStandings, writeStandings } from "./standingText";

/**
 * Proves that on the places of the journals there stands what stood there before. What is folded and sent is known by
 * place alone, and where two machines have one device id (a home folder that was cloned, a backup that was restored) a
 * sync tool replaces the events of one by those of the other, on the same places.
 */
export class PlaceProofs {
  private readonly now = new Map<string, Standing>();
  /** What of `known` was found again so far. */
  private readonly again = new Map<string, Standing>();
  private readonly replaced = new Map<string, RangeSet>();
  private changed = false;
  private held = false;

  private constructor(
    private readonly file: AlternatingFile,
    /** What stood there at the last save, as far as nothing of its block was found yet. */
    private readonly known: ReadonlyMap<string, Standing>,
  ) {}

  static async open(folder: DataFolder, device: string, hasher: Hasher): Promise<PlaceProofs> {
    const file = createAlternatingFile(folder, `${deviceFolder(device)}/places`, hasher);
    const saved = await file.read();
    return new PlaceProofs(file, saved === null ? new Map() : readStandings(saved.text));
  }

  /** An event stands here. Telling it twice changes nothing. */
  see(device: string, seq: number, text: string, offset: number): void {
    const standing = standingOf(this.now, device);
    if (standing.places.has(seq)) return;
    standing.add(seq, text, offset);
    if (this.known.get(device)?.places.has(seq) === true) standingOf(this.again, device).add(seq, text, offset);
    else this.changed = true;
  }

  /** Another event stands here than the one that was seen. The next opening finds that out by itself once more. */
  replace(device: string, seq: number): void {
    const places = this.replaced.get(device) ?? new RangeSet();
    places.add(seq);
    this.replaced.set(device, places);
  }

  /**
   * Places on which something else may stand than before, each told once: all of a block where anything of it was found
   * and not just the same. A block of which nothing is there is only out of reach.
   */
  doubted(): ReadonlyMap<string, ReadonlyRanges> {
    const doubted = new Map(this.replaced);
    this.replaced.clear();
    for (const [device, found] of this.again) {
      const places = doubted.get(device) ?? new RangeSet();
      for (const block of [...found.blocks.keys()]) if (!this.judge(device, block)) places.addRange(...placesOf(block));
      if (places.count > 0) doubted.set(device, places);
    }
    return doubted;
  }

  /** Saves nothing from now on, so that the next opening comes to the same doubts. */
  hold(): void {
    this.held = true;
  }

  /** Rejects with StorageError. */
  async save(): Promise<void> {
    if (!this.changed || this.held) return;
    const whole = new Map<string, Standing>();
    for (const standings of [this.now, this.known]) {
      for (const [device, standing] of standings) standingOf(whole, device).addAll(standing);
    }
    this.changed = false;
    try {
      await this.file.write(writeStandings(whole));
    } catch (error) {
      this.changed = true;
      throw error;
    }
  }

  /** Whether a block is what it was. Its old proof has done its work then. */
  private judge(device: string, block: number): boolean {
    const known = this.known.get(device);
    const found = this.again.get(device);
    const before = known?.blocks.get(block);
    const after = found?.blocks.get(block);
    const same = before?.count === after?.count && before?.sum === after?.sum;
    known?.forget(block);
    found?.forget(block);
    if (!same) this.changed = true;
    return same;
  }
}

function standingOf(standings: Map<string, Standing>, device: string): Standing {
  const known = standings.get(device);
  if (known !== undefined) return known;
  const standing = new Standing();
  standings.set(device, standing);
  return standing;
}

