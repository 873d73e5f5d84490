import { describe, expect, it } from "vitest";
import type { Random } from "../../src/engine/index";

/** What every source of chance must do. */
export function randomContract(name: string, make: () => Random): void {
  describe(`${name} as a source of chance`, () => {
    it("gives numbers in [0, 1), spread over it", () => {
      const random = make();
      const numbers = Array.from({ length: 4000 }, () => random.next());
      expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
      const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
      expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
    });

    it("gives new version 4 UUIDs", () => {
      const random = make();
      const uuids = Array.from({ length: 500 }, () => random.uuid());
      for (const uuid of uuids) expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(new Set(uuids).size).toBe(500);
    });
  });
}
