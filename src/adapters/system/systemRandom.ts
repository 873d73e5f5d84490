import type { Random } from "../../engine/index";

/** What is used of the host's Web Crypto. `randomUUID` is there only in secure contexts. */
export interface RandomSource {
  getRandomValues(array: Uint32Array<ArrayBuffer>): Uint32Array;
  randomUUID?(): string;
}

/** Chance from the host's cryptographic source; from Math.random where a host has none. */
export function createSystemRandom(source: RandomSource | null = hostSource()): Random {
  return {
    next: () => {
      const [high = 0, low = 0] = words(source, 2);
      return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
    },
    uuid: () => source?.randomUUID?.() ?? uuidOf(words(source, 4)),
  };
}

function hostSource(): RandomSource | null {
  return typeof crypto === "undefined" ? null : crypto;
}

function words(source: RandomSource | null, count: number): readonly number[] {
  const filled = new Uint32Array(count);
  if (source === null) return Array.from(filled, () => Math.floor(Math.random() * 2 ** 32));
  source.getRandomValues(filled);
  return [...filled];
}

/** A version 4 UUID of 128 random bits. */
function uuidOf(random: readonly number[]): string {
  const hex = random.map((word) => word.toString(16).padStart(8, "0")).join("");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
