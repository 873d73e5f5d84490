import { expect, it } from "vitest";
import { nobleHasher } from "../../../src/adapters/system/nobleHasher";
import { hasherContract } from "../../contracts/hasher";
import { testHasher } from "../../fakes/testHasher";

hasherContract("the plugin's hasher", nobleHasher);

it("agrees with Node where the text outgrows the buffer that is kept", () => {
  for (const length of [21_844, 21_845, 21_846, 70_000]) {
    for (const text of ["a".repeat(length), "学".repeat(length), "\ud800".repeat(length)]) {
      expect(nobleHasher.crc32(text)).toBe(testHasher.crc32(text));
      expect(nobleHasher.sha256(text)).toBe(testHasher.sha256(text));
    }
  }
});
