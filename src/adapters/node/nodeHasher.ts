import { hash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Hasher } from "../../engine/index";

/** Hashing with Node's own functions. */
export const nodeHasher: Hasher = {
  sha256: (text) => hash("sha256", text, "hex"),
  crc32: (text) => crc32(text).toString(16).padStart(8, "0"),
};
