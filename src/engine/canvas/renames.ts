import { canvasKey } from "./canvasPath";

/** What two canvases are compared by when one path vanished and another appeared. */
export interface CanvasFingerprint {
  readonly path: string;
  readonly nodeIds: ReadonlySet<string>;
  /** Hash of the file's whole text. */
  readonly hash: string;
}

export interface Rename {
  readonly from: string;
  readonly to: string;
}

interface Candidate extends Rename {
  readonly common: number;
  readonly sameName: boolean;
}

/**
 * Which vanished canvas lives on under which new path. Two canvases match when they share at least one node id and at
 * least half of the larger set; or when both have no nodes, their bytes are equal and neither has another such
 * candidate. The most common ids go first, then the same file name, then the order of paths.
 */
export function matchRenames(
  vanished: readonly CanvasFingerprint[],
  appeared: readonly CanvasFingerprint[],
): readonly Rename[] {
  const candidates = [...byNodes(vanished, appeared), ...byBytes(vanished, appeared)].sort(byRank);
  const from = new Set<string>();
  const to = new Set<string>();
  return candidates.flatMap((candidate) => {
    if (from.has(candidate.from) || to.has(candidate.to)) return [];
    from.add(candidate.from);
    to.add(candidate.to);
    return [{ from: candidate.from, to: candidate.to }];
  });
}

/** Pairs of paths that differ only in case, or in the spelling of accents, where no third path does. */
export function matchRespellings(vanished: readonly string[], appeared: readonly string[]): readonly Rename[] {
  const targets = groupBy(appeared, (path) => canvasKey(path));
  return [...groupBy(vanished, (path) => canvasKey(path))].flatMap(([key, sources]) => {
    const [from, ...otherSources] = sources;
    const [to, ...otherTargets] = targets.get(key) ?? [];
    const unique = otherSources.length === 0 && otherTargets.length === 0;
    return from !== undefined && to !== undefined && unique ? [{ from, to }] : [];
  });
}

// An index from node id to canvases, so that canvases which share nothing are never compared.
function byNodes(vanished: readonly CanvasFingerprint[], appeared: readonly CanvasFingerprint[]): Candidate[] {
  const holders = new Map<string, CanvasFingerprint[]>();
  for (const target of appeared) {
    for (const id of target.nodeIds) {
      const known = holders.get(id);
      if (known === undefined) holders.set(id, [target]);
      else known.push(target);
    }
  }
  return vanished.flatMap((source) => {
    const shared = new Map<CanvasFingerprint, number>();
    for (const id of source.nodeIds) {
      for (const target of holders.get(id) ?? []) shared.set(target, (shared.get(target) ?? 0) + 1);
    }
    return [...shared]
      .filter(([target, common]) => common * 2 >= Math.max(source.nodeIds.size, target.nodeIds.size))
      .map(([target, common]) => candidate(source, target, common));
  });
}

function byBytes(vanished: readonly CanvasFingerprint[], appeared: readonly CanvasFingerprint[]): Candidate[] {
  const targets = groupBy(appeared.filter(isEmpty), (one) => one.hash);
  return [...groupBy(vanished.filter(isEmpty), (one) => one.hash)].flatMap(([hash, sources]) => {
    const [source, ...otherSources] = sources;
    const [target, ...otherTargets] = targets.get(hash) ?? [];
    const unique = otherSources.length === 0 && otherTargets.length === 0;
    return source !== undefined && target !== undefined && unique ? [candidate(source, target, 0)] : [];
  });
}

function isEmpty(one: CanvasFingerprint): boolean {
  return one.nodeIds.size === 0;
}

function candidate(source: CanvasFingerprint, target: CanvasFingerprint, common: number): Candidate {
  return { from: source.path, to: target.path, common, sameName: nameOf(source.path) === nameOf(target.path) };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function byRank(a: Candidate, b: Candidate): number {
  return b.common - a.common || Number(b.sameName) - Number(a.sameName) || byPath(a.from, b.from) || byPath(a.to, b.to);
}

function byPath(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
