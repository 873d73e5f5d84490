import { calmGuard, judgeDeletions, type DeletionGuard } from "./deletionGuard";
import type { FileProblem } from "./document";
import { matchRespellings, type Rename } from "./renames";

/** A file as a listing shows it, or as it was when it was last read. */
export interface FileStamp {
  readonly path: string;
  /** Epoch milliseconds, with the fraction that the disk gives: two saves may share the whole number. */
  readonly mtime: number;
  /** Bytes. */
  readonly size: number;
}

export interface ScanListing {
  readonly canvases: readonly FileStamp[];
  /** Folders (`""` is the vault itself) or files that are there but could not be read. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

export interface ScanPlan {
  /** Paths whose text must be read, in the order of the listing: new ones, and those whose time or size differs. */
  readonly read: readonly string[];
  /** Present paths that were not known. Those that `respelled` names are not among them. */
  readonly appeared: readonly string[];
  /** Known paths that are gone: renamed to one that appeared, or deleted. */
  readonly vanished: readonly string[];
  /** Renames that only change the case of a path or the spelling of its accents. */
  readonly respelled: readonly Rename[];
  /** Known paths that were not found and still do not count as gone. */
  readonly guarded: readonly string[];
  readonly problems: readonly FileProblem[];
  /** Give this to the next scan. */
  readonly guard: DeletionGuard;
}

export interface ScanOptions {
  readonly guard?: DeletionGuard;
  /** A person said that canvases which are not found are gone. */
  readonly confirmed?: boolean;
}

/** What a scan of the vault has to do. Order of `vanished`, `respelled` and `guarded`: as known. */
export function planScan(known: readonly FileStamp[], listing: ScanListing, options: ScanOptions = {}): ScanPlan {
  const knownPaths = new Map(known.map((stamp) => [stamp.path, stamp]));
  const present = new Set(listing.canvases.map((stamp) => stamp.path));
  const unreadable = new Set(listing.unreadable.map((one) => withoutSlash(one.path)));

  const unseen = known.map((stamp) => stamp.path).filter((path) => !present.has(path));
  const hidden = unseen.filter((path) => liesIn(path, unreadable));
  const missing = unseen.filter((path) => !liesIn(path, unreadable));
  const { believe, guard } = judgeDeletions({
    guard: options.guard ?? calmGuard,
    known: known.length,
    present: present.size,
    missing: missing.length,
    confirmed: options.confirmed ?? false,
  });

  const fresh = [...present].filter((path) => !knownPaths.has(path));
  const respelled = matchRespellings(missing, fresh);
  const from = new Map(respelled.map((rename) => [rename.to, rename.from]));
  const gone = new Set(respelled.map((rename) => rename.from));
  const problems = listing.unreadable.map((one) =>
    problem(one.path, `cannot be read, nothing in it counts as deleted: ${one.reason}`),
  );
  return {
    read: listing.canvases
      .filter((stamp) => !sameStamp(knownPaths.get(from.get(stamp.path) ?? stamp.path), stamp))
      .map((stamp) => stamp.path),
    appeared: fresh.filter((path) => !from.has(path)),
    vanished: believe ? missing.filter((path) => !gone.has(path)) : [],
    respelled,
    guarded: believe ? hidden : unseen,
    problems: believe ? problems : [...problems, problem("", allMissing(missing.length))],
    guard,
  };
}

function sameStamp(known: FileStamp | undefined, now: FileStamp): boolean {
  return known !== undefined && known.size === now.size && known.mtime === now.mtime;
}

function liesIn(path: string, folders: ReadonlySet<string>): boolean {
  if (folders.size === 0) return false;
  if (folders.has("") || folders.has(path)) return true;
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
    if (folders.has(path.slice(0, slash))) return true;
  }
  return false;
}

function withoutSlash(path: string): string {
  const bare = path.replace(/\/+$/, "");
  return bare === "." ? "" : bare;
}

function problem(path: string, reason: string): FileProblem {
  return { path, line: null, column: null, reason };
}

function allMissing(count: number): string {
  return (
    `none of the ${count} known canvases was found; they count as deleted when the next scan does not find them ` +
    "either, or when you confirm it"
  );
}
