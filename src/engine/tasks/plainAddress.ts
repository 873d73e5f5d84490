/**
 * Only plain addresses: what one program takes for a host and another one for a user or a path never gets through.
 * Groups: scheme, host, port, the rest.
 */
const plain = /^([a-z]+):\/\/([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?((?:[/?][\x21\x22\x24-\x5b\x5d-\x7e]*)?)$/i;

/** Sentences for what only the user of an address can say. */
export interface AddressWords {
  readonly empty: string;
  readonly credentials: string;
  readonly unencrypted: string;
}

/**
 * Why nothing is sent to an address and what to write instead, as one sentence; null when it can be used: https, or
 * http to this device only. Never repeats the address, which may hold a password.
 */
export function problemOfAddress(url: string, words: AddressWords): string | null {
  const text = url.trim();
  if (text === "") return words.empty;
  const authority = /^[a-z]+:\/\/([^/?#]*)/i.exec(text)?.[1];
  if (authority?.includes("@") === true) return words.credentials;
  if (text.includes("#")) return "Leave out the # and what follows: it is never sent.";
  const [, scheme = "", host = "", port] = plain.exec(text) ?? [];
  if (host === "") return "Write the address as https://host/path, with host and path in plain ASCII without spaces and backslashes.";
  if (/(^|\.)\d[\da-fx]*\.?$/i.test(host) && !isDottedQuad(host)) return "The host ends with a number, so it must be an IPv4 address of four numbers such as 192.168.1.2.";
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return "The port must be a number from 1 to 65535.";
  if (scheme.toLowerCase() === "https") return null;
  if (scheme.toLowerCase() !== "http") return "The address begins with https://.";
  return isLoopback(host.toLowerCase()) ? null : words.unencrypted;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || (host.startsWith("127.") && isDottedQuad(host));
}

function isDottedQuad(host: string): boolean {
  const parts = host.split(".");
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}
