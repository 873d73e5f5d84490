import type { JsonObject } from "../kernel/json";

/** A node or an edge as its file has it: a JSON object with a string id; every other key is data. */
export type CanvasEntry = JsonObject & { readonly id: string };

/** A canvas that could be read: entries in file order, each id once, each with a string id. */
export interface CanvasDocument {
  readonly nodes: readonly CanvasEntry[];
  readonly edges: readonly CanvasEntry[];
}

/** What is wrong with a file, and where. `line` and `column` count from 1; null where no place is to be named. */
export interface FileProblem {
  readonly path: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly reason: string;
}

/**
 * What became of a canvas text.
 * `blank` is 0 bytes or white space: a new canvas, or a damaged one when the last good version had nodes (the caller
 * knows).
 * `unreadable` keeps the last good version. The problems of a `document` name entries that were skipped.
 */
export type ParsedCanvas =
  | { readonly kind: "document"; readonly document: CanvasDocument; readonly problems: readonly FileProblem[] }
  | { readonly kind: "blank" }
  | { readonly kind: "unreadable"; readonly problem: FileProblem };

export const emptyDocument: CanvasDocument = { nodes: [], edges: [] };
