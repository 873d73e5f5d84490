import type { CanvasEntry } from "./document";

/** What happened to one node or edge between two versions, by id. */
export type EntryChange =
  | { readonly kind: "added"; readonly id: string; readonly after: CanvasEntry }
  | { readonly kind: "removed"; readonly id: string; readonly before: CanvasEntry }
  | {
      readonly kind: "changed";
      readonly id: string;
      readonly before: CanvasEntry;
      readonly after: CanvasEntry;
      /** Keys whose values differ (never empty). A key that is null on one side and absent on the other is equal. */
      readonly keys: readonly string[];
    };

/** Everything that happened between two versions: in the file order of the new one, then what was removed. */
export interface CanvasDiff {
  readonly nodes: readonly EntryChange[];
  readonly edges: readonly EntryChange[];
}
