import fc from "fast-check";
import { crc32 as zlibCrc32 } from "node:zlib";
import { expect, it } from "vitest";
import { crc32 } from "../../../src/engine/kernel/crc32";

it("is the check value of the standard", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe("cbf43926");
  expect(crc32(new Uint8Array(0))).toBe("00000000");
});

it("agrees with zlib on any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(crc32(bytes)).toBe(zlibCrc32(bytes).toString(16).padStart(8, "0"));
    }),
  );
});
