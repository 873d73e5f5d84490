const POLYNOMIAL = 0xedb88320;
/** Entry `later * 256 + byte`: what a byte does to the checksum when `later` further bytes follow it. */
const table = makeTable();

/** CRC-32 (ISO-HDLC, the one of zip and zlib) as 8 lower-case hex digits. */
export function crc32(bytes: Uint8Array): string {
  let crc = -1;
  let at = 0;
  // Four bytes in one step: the look-ups do not wait for one another.
  for (; at + 4 <= bytes.length; at += 4) {
    const word = crc ^ littleEndian(bytes, at);
    crc = look(3, word & 0xff) ^ look(2, (word >>> 8) & 0xff) ^ look(1, (word >>> 16) & 0xff) ^ look(0, word >>> 24);
  }
  for (; at < bytes.length; at += 1) crc = (crc >>> 8) ^ look(0, (crc ^ (bytes[at] ?? 0)) & 0xff);
  return (~crc >>> 0).toString(16).padStart(8, "0");
}

function littleEndian(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

function look(later: number, byte: number): number {
  return table[later * 256 + byte] ?? 0;
}

function makeTable(): Int32Array {
  const made = new Int32Array(4 * 256);
  for (let entry = 0; entry < 256; entry += 1) {
    let value = entry;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? POLYNOMIAL : 0);
    made[entry] = value;
  }
  for (let entry = 256; entry < made.length; entry += 1) {
    const before = made[entry - 256] ?? 0;
    made[entry] = (before >>> 8) ^ (made[before & 0xff] ?? 0);
  }
  return made;
}
