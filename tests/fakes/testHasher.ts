import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Hasher } from "../../src/engine/index";

/** A hasher for tests of the engine: real hashes, so that ids in tests are the ids of the product. */
export const testHasher: Hasher = {
  sha256: (text) => createHash("sha256").update(text, "utf8").digest("hex"),
  crc32: (text) => crc32(text).toString(16).padStart(8, "0"),
};
