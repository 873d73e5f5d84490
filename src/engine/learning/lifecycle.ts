import { draft } from "./draft";
import type { CanvasRef, EventDraft } from "./event";

/** What happened to a canvas file as a whole. A deletion speaks for the nodes and edges in it. */
export type CanvasLifecycle =
  | { readonly kind: "created"; readonly canvas: CanvasRef }
  /** `canvas` has the new path. */
  | { readonly kind: "renamed"; readonly canvas: CanvasRef; readonly from: string }
  | { readonly kind: "deleted"; readonly canvas: CanvasRef };

export function lifecycleDraft(change: CanvasLifecycle): EventDraft {
  const { id, path } = change.canvas;
  const subject = { kind: "canvas", id } as const;
  switch (change.kind) {
    case "created":
      return draft("canvas_created", subject, { path });
    case "renamed":
      return draft("canvas_renamed", subject, { from: change.from, to: path });
    case "deleted":
      return draft("canvas_deleted", subject, { path });
  }
}
