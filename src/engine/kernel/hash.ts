/**
 * Hash functions of the host. Both take text, hash its UTF-8 bytes and return lower-case hex.
 * A lone surrogate hashes as U+FFFD, as every UTF-8 encoder writes it.
 */
export interface Hasher {
  /** SHA-256, 64 hex digits. */
  sha256(text: string): string;
  /** CRC-32 (ISO-HDLC, the one of zip and zlib), 8 hex digits. */
  crc32(text: string): string;
}
