import { idWord } from "./idWord";

/** Slots of a new table. */
const FIRST_CAPACITY = 256;
/** A full table grows by half: doubling it would leave it at 20 bytes for each event. */
const GROWTH = 1.5;
const MAX_LOAD = 0.8;

/**
 * A set of event ids that keeps 64 bits of each in an open-addressing table: 10 to 15 bytes for each id once
 * there are a few hundred. Ids are SHA-256 hex, so two of a million share 64 bits with a chance of 1 in 30 million.
 */
export class Fingerprints {
  /** Two words for each slot; both zero is an empty one. */
  private table = new Uint32Array(2 * FIRST_CAPACITY);
  private capacity = FIRST_CAPACITY;
  private size = 0;

  get count(): number {
    return this.size;
  }

  get bytes(): number {
    return this.table.byteLength;
  }

  has(id: string): boolean {
    return this.hasWords(idWord(id, 0), idWord(id, 8));
  }

  /** True when it was not there yet. `offset`: where in `text` the id begins. */
  add(text: string, offset = 0): boolean {
    const high = idWord(text, offset);
    const low = filled(high, idWord(text, offset + 8));
    const slot = this.find(high, low);
    if (this.table[slot] === high && this.table[slot + 1] === low) return false;
    this.table[slot] = high;
    this.table[slot + 1] = low;
    this.size += 1;
    if (this.size > this.capacity * MAX_LOAD) this.grow();
    return true;
  }

  private hasWords(high: number, low: number): boolean {
    const slot = this.find(high, filled(high, low));
    return this.table[slot] !== 0 || this.table[slot + 1] !== 0;
  }

  /** Index of the slot that holds the fingerprint, or of the empty one where it belongs. */
  private find(high: number, low: number): number {
    const { table } = this;
    const end = table.length;
    // The high half of a 64-bit product maps the hash evenly onto any capacity, without a slow modulo.
    let slot = 2 * Math.floor((high / 4294967296) * this.capacity);
    for (;;) {
      const first = table[slot];
      const second = table[slot + 1];
      if ((first === high && second === low) || (first === 0 && second === 0)) return slot;
      slot += 2;
      if (slot === end) slot = 0;
    }
  }

  private grow(): void {
    const old = this.table;
    this.capacity = Math.ceil(this.capacity * GROWTH);
    this.table = new Uint32Array(2 * this.capacity);
    for (let index = 0; index < old.length; index += 2) {
      const high = old[index] ?? 0;
      const low = old[index + 1] ?? 0;
      if (high === 0 && low === 0) continue;
      const slot = this.find(high, low);
      this.table[slot] = high;
      this.table[slot + 1] = low;
    }
  }
}

/** Zero in both words means an empty slot, so the one id that begins with 16 zeros is kept as another. */
function filled(high: number, low: number): number {
  return high === 0 && low === 0 ? 1 : low;
}
