export type CanvasPathCheck =
  { readonly kind: "ok"; readonly path: string } | { readonly kind: "refused"; readonly reason: string };

/** Thrown where a path that no canvas can have reaches a host. Nothing was read and no file was made. */
export class CanvasPathRefused extends Error {
  override readonly name = "CanvasPathRefused";

  constructor(readonly reason: string) {
    super(`this path is refused: ${reason}`);
  }
}

/** `ignore`: names that differ only by case are one file, as on macOS, Windows and most phones. */
export type CaseRule = "ignore" | "respect";

/**
 * The name under which a canvas is locked and compared: `a`, `a.canvas`, `./a.canvas`, `x//a.canvas` and the composed
 * and decomposed spellings of one name have one key. Two files under one key only wait for each other, two keys for one
 * file would lose an edit: so case is ignored unless the caller knows better.
 */
export function canvasKey(path: string, caseRule: CaseRule = "ignore"): string {
  const named = partsOf(path).join("/");
  const full = /\.canvas$/i.test(named) ? named : `${named}.canvas`;
  return (caseRule === "ignore" ? full.toLowerCase() : full).normalize("NFC");
}

/**
 * Lets only vault-relative paths of canvas files pass, without `.` parts and doubled slashes; the spelling of names
 * stays as it is. Folders and files whose names begin with a dot are not part of the vault.
 */
export function checkCanvasPath(path: string): CanvasPathCheck {
  const parts = partsOf(path);
  const reason = refusal(path, parts);
  return reason === null ? { kind: "ok", path: parts.join("/") } : { kind: "refused", reason };
}

/** The same for places that cannot go on: returns the clean path or throws CanvasPathRefused. */
export function requireCanvasPath(path: string): string {
  const checked = checkCanvasPath(path);
  if (checked.kind === "refused") throw new CanvasPathRefused(checked.reason);
  return checked.path;
}

function partsOf(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

function refusal(path: string, parts: readonly string[]): string | null {
  if (parts.length === 0) return "it is empty";
  if (hasControlCharacter(path)) return "it holds a control character";
  if (path.includes("\\")) return "it holds a backslash";
  if (path.startsWith("/")) return "it is absolute";
  if (/^[A-Za-z]:/.test(path)) return "it begins with a drive letter";
  // Windows drops dots and spaces at the end of a name, so ".. " would be "..".
  if (parts.some((part) => /^[. ]+$/.test(part))) return "it leads out of the vault";
  if (parts.some((part) => part.startsWith("."))) return "it lies in a hidden folder or has a hidden name";
  if (!/\.canvas$/i.test(path)) return "it does not end with .canvas";
  return null;
}

function hasControlCharacter(path: string): boolean {
  for (let at = 0; at < path.length; at += 1) if (path.charCodeAt(at) < 32) return true;
  return false;
}
