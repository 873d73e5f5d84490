export const apiVersion = "1.13.1";

/** Whether the app is at least this version. */
export function requireApiVersion(version: string): boolean {
  const wanted = version.split(".").map(Number);
  const own = apiVersion.split(".").map(Number);
  for (let at = 0; at < 3; at += 1) {
    const difference = (own[at] ?? 0) - (wanted[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
