/** Slashes only forward and single, none at the ends, odd spaces plain, Unicode NFC. `..` stays. Empty becomes "/". */
export function normalizePath(path: string): string {
  const cleaned = path
    .replace(/[\\/]+/g, "/")
    .replace(/^\/+|\/+$/g, "")
    .replace(/[\u00a0\u202f]/g, " ")
    .normalize("NFC");
  return cleaned === "" ? "/" : cleaned;
}
