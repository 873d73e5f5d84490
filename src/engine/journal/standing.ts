import { idWord } from "./idWord";
import { RangeSet, type Range } from "./ranges";

/** Places that share one number. */
const BLOCK = 1024;

/** How many places of a block are meant, and the sum of 32 bits of the ids of the events that stand there. */
export interface BlockSum {
  readonly count: number;
  readonly sum: number;
}

const nothing: BlockSum = { count: 0, sum: 0 };

/** Which places of a device's journal are meant, and what stands on them, in one number for each block of them. */
export class Standing {
  constructor(
    readonly places = new RangeSet(),
    readonly blocks = new Map<number, BlockSum>(),
  ) {}

  /** An event on a place that is not meant yet. `offset`: where in `text` its id begins. */
  add(seq: number, text: string, offset: number): void {
    this.places.add(seq);
    this.join(blockOf(seq), { count: 1, sum: idWord(text, offset) });
  }

  /** All of another one, whose places are others. */
  addAll(other: Standing): void {
    for (const [from, to] of other.places.ranges()) this.places.addRange(from, to);
    for (const [block, sum] of other.blocks) this.join(block, sum);
  }

  forget(block: number): void {
    this.blocks.delete(block);
    this.places.removeRange(...placesOf(block));
  }

  private join(block: number, { count, sum }: BlockSum): void {
    const known = this.blocks.get(block) ?? nothing;
    this.blocks.set(block, { count: known.count + count, sum: (known.sum + sum) >>> 0 });
  }
}

function blockOf(seq: number): number {
  return Math.floor(seq / BLOCK);
}

/** The first and the last place of a block. */
export function placesOf(block: number): Range {
  return [block * BLOCK, (block + 1) * BLOCK - 1];
}
