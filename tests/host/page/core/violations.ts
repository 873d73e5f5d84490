/** Everything a strict part of the host refused, kept even where the plugin swallowed the throw. */
const seen: string[] = [];

export class HostError extends Error {
  override readonly name = "HostError";
}

/** Throws, and remembers. */
export function refuse(message: string): never {
  seen.push(message);
  throw new HostError(message);
}

/** Remembers without a throw: the real app would go on. */
export function remark(message: string): void {
  seen.push(message);
}

export function violations(): readonly string[] {
  return [...seen];
}

export function clearViolations(): void {
  seen.length = 0;
}
