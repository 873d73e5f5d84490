/** HMAC-SHA-256 of the host (RFC 2104) as 64 lower-case hex digits. Text counts as its UTF-8 bytes. */
export type HmacSha256 = (key: string | Uint8Array, message: string | Uint8Array) => string;
