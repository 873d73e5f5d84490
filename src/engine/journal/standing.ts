import { idWord } from "./idWord";
import { RangeSet, type Range } from "./ranges";

/** Places that share one number. */
const BLOCK = 1024;

/** How many places of a block are meant, and the sum of 32 bits of the ids of the events that stand there. */
export interface BlockSum {
  count: number;
  sum: number;
}

/** Which places of a device's journal are meant, and what stands on them, in one number for each block of them. */
export class Standing {
  constructor(
    readonly places = new RangeSet(),
    readonly blocks = new Map<number, BlockSum>(),
  ) {}

  /** An event on a place that is not meant yet. `offset`: where in `text` its id begins. */
  add(seq: number, text: string, offset: number): void {
    this.places.add(seq);
    this.join(blockOf(seq), 1, idWord(text, offset));
  }

  /** All of another one, whose places are others. */
  addAll(other: Standing): void {
    for (const [from, to] of other.places.ranges()) this.places.addRange(from, to);
    for (const [block, { count, sum }] of other.blocks) this.join(block, count, sum);
  }

  forget(block: number): void {
    this.blocks.delete(block);
    this.places.removeRange(...placesOf(block));
  }

  // Changed in place: a journal of a million lines comes through here at every start.
  private join(block: number, count: number, sum: number): void {
    const known = this.blocks.get(block);
    if (known === undefined) {
      this.blocks.set(block, { count, sum });
      return;
    }
    known.count += count;
    known.sum = (known.sum + sum) >>> 0;
  }
}

function blockOf(seq: number): number {
  return Math.floor(seq / BLOCK);
}

/** The first and the last place of a block. */
export function placesOf(block: number): Range {
  return [block * BLOCK, (block + 1) * BLOCK - 1];
}
