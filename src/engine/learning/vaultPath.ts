/** A path inside the vault, as people and programs write it. */
export type VaultPath =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "refused"; readonly reason: string };

const MAX_LENGTH = 4096;

/** Checks a vault path from outside and takes a leading `./` away. Nothing that could lead out of the vault passes. */
export function checkVaultPath(input: string): VaultPath {
  const path = input.replace(/^(?:\.\/)+/, "");
  const reason = refusal(path);
  return reason === null ? { kind: "path", path } : { kind: "refused", reason };
}

function refusal(path: string): string | null {
  if (path === "") return "the path is empty";
  if (path.length > MAX_LENGTH) return `the path is longer than ${MAX_LENGTH} characters`;
  if (path.includes("\0")) return "the path holds a NUL character";
  if (path.includes("\\")) return "the path holds a backslash; folders are separated by /";
  if (/^(?:[A-Za-z]:)?\//.test(path)) return "the path is absolute; give it from the vault's top folder";
  const segments = path.split("/");
  if (segments.includes("..")) return "the path leads upwards (..)";
  if (segments.includes(".") || segments.includes("")) return "the path has an empty or . segment";
  return null;
}
