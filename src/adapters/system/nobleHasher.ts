import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Hasher } from "../../engine/index";
import { crc32 } from "../../engine/kernel/crc32";

const encoder = new TextEncoder();
const kept = new Uint8Array(64 * 1024);

/** Hashing in plain JavaScript, for hosts without Node. */
export const nobleHasher: Hasher = {
  sha256: (text) => bytesToHex(sha256(utf8(text))),
  crc32: (text) => crc32(utf8(text)),
};

/**
 * The bytes are good until the next call: every journal line is hashed, and nearly all of them fit into one buffer
 * that is kept. A UTF-16 unit takes at most 3 bytes.
 */
function utf8(text: string): Uint8Array {
  if (text.length * 3 > kept.length) return encoder.encode(text);
  return kept.subarray(0, encoder.encodeInto(text, kept).written);
}
