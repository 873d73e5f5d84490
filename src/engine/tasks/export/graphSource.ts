import type { CanvasEntry } from "../../canvas/document";
import type { CanvasSummary } from "../../graph/canvasSummary";
import type { NodeView, SubjectView } from "../../graph/subjectView";

/** What is live on one canvas, at one moment. */
export interface CanvasRows {
  readonly nodes: readonly NodeView[];
  readonly edges: readonly CanvasEntry[];
}

/** The local graph as an export reads it. */
export interface GraphSource {
  /** All canvases, deleted ones too. */
  canvases(): readonly CanvasSummary[];
  notes(): readonly SubjectView[];
  concepts(): readonly SubjectView[];
  /** Read on demand, also from the disk. Rejects with StorageError. */
  contents(canvasId: string): Promise<CanvasRows>;
}
