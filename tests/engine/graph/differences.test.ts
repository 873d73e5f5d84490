import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differences, viewOf } from "../../../src/engine/graph/differences";
import { applyEvent, emptyGraph, type GraphState } from "../../../src/engine/graph/fold";
import { RowCollector } from "../../../src/engine/graph/rowCollector";
import { createUids } from "../../../src/engine/graph/uids";
import type { LearningEvent } from "../../../src/engine/learning/event";
import { testHasher } from "../../fakes/testHasher";
import { histories } from "./eventArbitraries";
import { canvasCreated, changes, edgeCreated, made, nodeCreated, otherCanvasId, vault } from "./madeEvents";

function fold(events: readonly LearningEvent[]): GraphState {
  const graph = emptyGraph();
  for (const event of events) applyEvent(graph, event);
  return graph;
}

describe("differences", () => {
  it("are told in plain lines that quote no text", async () => {
    const was = [
      canvasCreated(1),
      nodeCreated(2, "n", { text: "secret" }),
      nodeCreated(3, "m", {}),
      canvasCreated(4, "Gone.canvas", otherCanvasId),
    ];
    const is = [
      canvasCreated(1),
      nodeCreated(2, "n", { text: "secret" }),
      made({ ms: 5, type: "node_updated", subject: ["node", "n"], data: { changes: changes({ text: "other" }) } }),
    ];
    const scored = made({ ms: 6, type: "score_submitted", subject: ["note", "N.md"], data: { score: 1 } });
    const lines = await differences(viewOf(fold(was)), viewOf(fold([...is, scored])));
    expect(lines).toEqual([
      'canvas "Maths.canvas" node "m": would be removed',
      'canvas "Maths.canvas" node "n": clock, text would change',
      'canvas "Gone.canvas": would be removed',
      'note "N.md": would be added',
    ]);
    expect(await differences(viewOf(fold(was)), viewOf(fold([...is, scored])), "done")).toEqual([
      'canvas "Maths.canvas" node "m": was removed',
      'canvas "Maths.canvas" node "n": clock, text changed',
      'canvas "Gone.canvas": was removed',
      'note "N.md": was added',
    ]);
  });

  it("name edges, and the way back too", async () => {
    const was = [canvasCreated(1), edgeCreated(2, "e", "a", "b", { label: "l" })];
    const moved = made({
      ms: 3,
      type: "edge_updated",
      subject: ["edge", "e"],
      data: { changes: changes({ toNode: "c" }) },
    });
    const views = [viewOf(fold(was)), viewOf(fold([...was, moved])), viewOf(fold([canvasCreated(1)]))] as const;
    expect(await differences(views[0], views[1])).toEqual([
      'canvas "Maths.canvas" edge "e": clock, toNode would change',
    ]);
    expect(await differences(views[2], views[0])).toEqual(['canvas "Maths.canvas" edge "e": would be added']);
    expect(await differences(views[1], views[1])).toEqual([]);
  });

  it("are there whenever a store would get other rows", async () => {
    const rows = (graph: GraphState, events: readonly LearningEvent[]): unknown => {
      const collector = new RowCollector(vault, createUids(testHasher, vault), graph);
      for (const event of events) collector.add(event);
      return collector.batch();
    };
    const pairs = histories(15).chain((events) => fc.tuple(fc.constant(events), fc.subarray([...events])));
    await fc.assert(
      fc.asyncProperty(pairs, async ([events, some]) => {
        const [now, then] = [fold(some), fold(events)];
        const same = JSON.stringify(rows(now, events)) === JSON.stringify(rows(then, events));
        if (!same) expect(await differences(viewOf(now), viewOf(then))).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  }, 120_000);
});
