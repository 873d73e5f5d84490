import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { HmacSha256 } from "../../engine/index";

const encoder = new TextEncoder();

/** HMAC-SHA-256 in plain JavaScript, for hosts without Node. */
export const nobleHmac: HmacSha256 = (key, message) => bytesToHex(hmac(sha256, bytesOf(key), bytesOf(message)));

function bytesOf(value: string | Uint8Array): Uint8Array {
  return typeof value === "string" ? encoder.encode(value) : value;
}
