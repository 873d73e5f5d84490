import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { documentOf, emptyContents } from "../../../../src/engine/graph/canvasContents";
import { isLiveCanvas } from "../../../../src/engine/graph/canvasHead";
import { applyEvent, emptyGraph } from "../../../../src/engine/graph/fold";
import type { LearningEvent } from "../../../../src/engine/learning/event";
import { canvasCreated, canvasId, made, nodeCreated } from "../../graph/madeEvents";
import { histories } from "../../graph/eventArbitraries";
import { RecallSetting } from "./recallSetting";

/** What a graph has of the canvas that only ever saw what happened up to then. */
function replayed(events: readonly LearningEvent[], at: number): { ids: readonly string[]; there: boolean } | null {
  const graph = emptyGraph();
  for (const event of events) if (event.at <= at) applyEvent(graph, event);
  const row = graph.canvases.get(canvasId);
  if (row === undefined) return null;
  return { ids: documentOf(graph.contents.get(canvasId) ?? emptyContents()).nodes.map(({ id }) => id), there: isLiveCanvas(row.head) };
}

describe("a canvas as it was", () => {
  it("is what a replay of everything up to then gives", async () => {
    await fc.assert(
      fc.asyncProperty(histories(40), fc.integer({ min: -1, max: 50 }), async (events, at) => {
        const { recall } = new RecallSetting(events);
        const state = await recall.asItWas({ canvas: canvasId, at, limit: 100 });
        const expected = replayed(events, at);
        if (expected === null) expect(["unknown", "not-yet"]).toContain(state.kind);
        else if (!expected.there) expect(state.kind).toBe("removed");
        else expect(state.kind === "there" ? state.nodes.map(({ id }) => id) : state).toEqual(expected.ids);
      }),
      { numRuns: 80 },
    );
  });

  it("has its cards with text, colour and level, and says how many there were", async () => {
    const { recall } = new RecallSetting([
      canvasCreated(100),
      nodeCreated(101, "a", { type: "text", text: "First" }),
      nodeCreated(102, "b", { type: "file", file: "Note.md", color: "4" }, { level: "understood" }),
      made({ ms: 200, type: "color_changed", subject: ["node", "a"], data: { oldColor: null, newColor: "1", oldLevel: null, newLevel: "not_understood", concept: null } }),
    ]);
    const first = { id: "a", type: "text", text: "First", color: null, level: null, score: null };
    expect(await recall.asItWas({ canvas: canvasId, at: 150, limit: 1 })).toEqual({ kind: "there", path: "Maths.canvas", nodes: [first], total: 2, edges: 0 });
    const later = await recall.asItWas({ canvas: canvasId, at: 200, limit: 5 });
    expect(later).toMatchObject({ nodes: [{ id: "a", color: "1", level: "not_understood" }, { id: "b", text: "Note.md", color: "4" }] });
  });

  it("gives one card alone, and says when it was taken away", async () => {
    const { recall } = new RecallSetting([
      canvasCreated(100),
      nodeCreated(110, "a", { type: "text", text: "A" }),
      nodeCreated(110, "b", { type: "text", text: "B" }, { counter: 1, device: "d2" }),
      made({ ms: 120, type: "node_removed", subject: ["node", "a"], data: { node: {}, level: null, concept: null } }),
    ]);
    expect(await recall.asItWas({ canvas: canvasId, node: "a", at: 115, limit: 5 })).toMatchObject({ kind: "there", total: 1, nodes: [{ text: "A" }] });
    expect(await recall.asItWas({ canvas: canvasId, node: "a", at: 125, limit: 5 })).toEqual({ kind: "removed" });
    expect(await recall.asItWas({ canvas: canvasId, node: "a", at: 105, limit: 5 })).toEqual({ kind: "not-yet", since: 110 });
  });

  it("is unknown before the first look, for a file is older than what is known of it", async () => {
    const found = canvasCreated(100);
    const { recall } = new RecallSetting([{ ...found, origin: "index" }, { ...nodeCreated(101, "a", { text: "A" }), origin: "index" }]);
    expect(await recall.asItWas({ canvas: canvasId, at: 50, limit: 5 })).toEqual({ kind: "unknown", since: 100 });
    expect(await recall.asItWas({ canvas: canvasId, node: "a", at: 50, limit: 5 })).toEqual({ kind: "unknown", since: 101 });
    expect(await recall.asItWas({ canvas: "nowhere", at: 50, limit: 5 })).toEqual({ kind: "unknown", since: null });
    expect(await recall.asItWas({ canvas: canvasId, node: "never", at: 500, limit: 5 })).toEqual({ kind: "unknown", since: null });
  });
});
