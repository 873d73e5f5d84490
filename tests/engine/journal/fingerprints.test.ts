import { describe, expect, it } from "vitest";
import { Fingerprints } from "../../../src/engine/journal/fingerprints";
import { testHasher } from "../../fakes/testHasher";

const ids = Array.from({ length: 20_000 }, (_, index) => testHasher.sha256(`${index}`));

describe("fingerprints", () => {
  it("know what was added and nothing else, however they grow", () => {
    const known = new Fingerprints();
    const even = ids.filter((_, index) => index % 2 === 0);
    expect(even.filter((id) => !known.add(id))).toEqual([]);
    expect(known.count).toBe(even.length);
    expect(ids.filter((id) => known.has(id))).toEqual(even);
    expect(even.filter((id) => known.add(id))).toEqual([]);
  });

  it("take at most 16 bytes for each at any size from 1,000 on", () => {
    const known = new Fingerprints();
    let most = 0;
    for (const id of ids) {
      known.add(id);
      if (known.count >= 1000) most = Math.max(most, known.bytes / known.count);
    }
    expect(most).toBeLessThanOrEqual(16);
    expect(most).toBeGreaterThan(8);
  });

  it("find an id within a line", () => {
    const known = new Fingerprints();
    known.add(`{"v":1,"id":"${ids[0]}"}`, 13);
    expect(known.has(ids[0] ?? "")).toBe(true);
    expect(known.add(ids[0] ?? "")).toBe(false);
  });

  it("tell apart ids that differ in any of the first 16 digits, zeros included", () => {
    const known = new Fingerprints();
    const zeros = "0".repeat(64);
    expect(known.has(zeros)).toBe(false);
    expect(known.add(zeros)).toBe(true);
    expect(known.has(zeros)).toBe(true);
    for (let digit = 0; digit < 16; digit += 1) {
      const near = `${"0".repeat(digit)}f${"0".repeat(63 - digit)}`;
      expect(known.has(near)).toBe(false);
      expect(known.add(near)).toBe(true);
    }
    expect(known.count).toBe(17);
  });
});
