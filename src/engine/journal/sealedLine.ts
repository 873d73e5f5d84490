import type { Hasher } from "../kernel/hash";

/** What a line turned out to be: JSON text whose checksum holds, or not. */
export type Unsealed =
  | { readonly kind: "whole"; readonly json: string }
  | { readonly kind: "broken"; readonly reason: string };

const SEAL_START = ',"crc":"';
/** Characters of `,"crc":"xxxxxxxx"}`. */
const SEAL_LENGTH = 18;
/** No writer puts more than this behind the last member. */
const LOOSE_SEAL_LENGTH = 80;
const LOOSE_SEAL = /\s*,\s*"crc"\s*:\s*"([0-9a-f]{8})"\s*\}\s*$/;

/** The text of a JSON object with at least one member, and as its last member `crc`: the CRC-32 of that text. */
export function sealLine(json: string, hasher: Hasher): string {
  return `${json.slice(0, -1)}${SEAL_START}${hasher.crc32(json)}"}`;
}

/**
 * Takes `crc` off again. It must be the last member, so that the rest is checked as it was written, key order
 * included.
 */
export function unsealLine(line: string, hasher: Hasher): Unsealed {
  if (line.startsWith(SEAL_START, line.length - SEAL_LENGTH) && line.endsWith('"}')) {
    return checked(`${line.slice(0, -SEAL_LENGTH)}}`, line.slice(-10, -2), hasher);
  }
  const loose = LOOSE_SEAL.exec(line.slice(-LOOSE_SEAL_LENGTH));
  const crc = loose?.[1];
  if (loose === null || crc === undefined) return { kind: "broken", reason: "no checksum at its end" };
  return checked(`${line.slice(0, line.length - loose[0].length)}}`, crc, hasher);
}

function checked(json: string, crc: string, hasher: Hasher): Unsealed {
  if (hasher.crc32(json) === crc) return { kind: "whole", json };
  return { kind: "broken", reason: "its checksum does not match" };
}
