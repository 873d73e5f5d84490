/** Hidden: a segment begins with a dot. Such files never enter the file map and raise only `raw`. */
export function isHiddenPath(vaultPath: string): boolean {
  return vaultPath.split("/").some((segment) => segment.startsWith("."));
}
