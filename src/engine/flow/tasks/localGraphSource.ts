import { documentOf } from "../../graph/canvasContents";
import type { LocalGraph } from "../../graph/localGraph";
import { nodeView, subjectView } from "../../graph/subjectView";
import type { GraphSource } from "../../tasks/export/graphSource";

/** The local graph for an export. */
export function localGraphSource(graph: Pick<LocalGraph, "canvases" | "notes" | "view">): GraphSource {
  return {
    canvases: () => graph.canvases(),
    notes: () => graph.notes(),
    concepts: () => [...graph.view().concepts].map(([name, state]) => subjectView(name, state)),
    async contents(canvasId) {
      // The contents are changed in place by the next fold: what is live is copied before anything else can run.
      const contents = await graph.view().contents(canvasId);
      const { nodes, edges } = documentOf(contents);
      const views = nodes.flatMap(({ id }) => {
        const state = contents.nodes.get(id);
        return state === undefined ? [] : [nodeView(id, state)];
      });
      return { nodes: views, edges };
    },
  };
}
