import { canvasKey } from "../../../canvas/canvasPath";
import type { LocalGraph } from "../../../graph/localGraph";
import type { VaultListing, VaultPort } from "../../capture/vaultPort";

export interface VaultPathsParts {
  readonly files: Pick<VaultPort, "list" | "excludes">;
  readonly graph: Pick<LocalGraph, "canvases">;
}

/** Paths of canvases, sorted, by whether there is a file and the graph has a live canvas there. */
export interface VaultPaths {
  readonly matched: readonly string[];
  readonly onlyFile: readonly string[];
  readonly onlyGraph: readonly string[];
  /** Those of `onlyGraph` whose file only has another spelling now: where case does not count, the old one still reads. */
  readonly respelled: ReadonlySet<string>;
  /** Folders that are there and cannot be read. */
  readonly unreadable: VaultListing["unreadable"];
}

export async function vaultPaths({ files, graph }: VaultPathsParts): Promise<VaultPaths> {
  // Before the listing: a canvas that is new since then was not looked for.
  const live = graph.canvases().filter((canvas) => canvas.live && files.excludes?.(canvas.path) !== true);
  const known = new Set(live.map((canvas) => canvas.path));
  const listing = await files.list();
  const listed = new Set(listing.canvases.map((file) => file.path));
  const onlyFile = [...listed].filter((path) => !known.has(path)).sort();
  const onlyGraph = [...known].filter((path) => !listed.has(path)).sort();
  const spellings = new Set(onlyFile.map((path) => canvasKey(path)));
  return {
    matched: [...listed].filter((path) => known.has(path)).sort(),
    onlyFile,
    onlyGraph,
    respelled: new Set(onlyGraph.filter((path) => spellings.has(canvasKey(path)))),
    unreadable: listing.unreadable,
  };
}
