/** Names a store as acknowledgements know it: where it is, and which database it is there. */
export function targetOf(address: string, epoch: string): string {
  return `${address} ${epoch}`;
}

/**
 * The target that an address most likely is, before it has said so itself; null when nothing was ever sent there. Of
 * several (a database that was wiped and filled again) the last one counts.
 */
export function lastTarget(targets: readonly string[], address: string): string | null {
  return targets.filter((target) => target.startsWith(`${address} `)).at(-1) ?? null;
}
