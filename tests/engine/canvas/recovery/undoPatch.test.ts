import { describe, expect, it } from "vitest";
import { diffCanvas } from "../../../../src/engine/canvas/diffCanvas";
import type { CanvasDocument, CanvasEntry } from "../../../../src/engine/canvas/document";
import { undoPatch, type UndoPlan } from "../../../../src/engine/canvas/recovery/undoPatch";
import type { JsonObject } from "../../../../src/engine/kernel/json";
import { applyPatchSlowly } from "../patchModel";

function node(id: string, more: JsonObject = {}): CanvasEntry {
  return { id, type: "text", text: id, x: 0, y: 0, width: 10, height: 10, ...more };
}

function edge(id: string, fromNode: string, toNode: string, more: JsonObject = {}): CanvasEntry {
  return { id, fromNode, toNode, ...more };
}

function canvas(nodes: readonly CanvasEntry[], edges: readonly CanvasEntry[] = []): CanvasDocument {
  return { nodes, edges };
}

/** What a canvas is after a write from `before` to `after` is taken back on `now`. */
function undone(before: CanvasDocument, after: CanvasDocument, now: CanvasDocument): { document: CanvasDocument | null } & UndoPlan {
  const plan = undoPatch(now, diffCanvas(before, after));
  return { ...plan, document: applyPatchSlowly(now, plan.patch) };
}

describe("taking a write back", () => {
  const before = canvas([node("a"), node("b", { color: "1" })], [edge("e", "a", "b")]);
  const after = canvas([node("a", { color: "4" }), node("n")], [edge("f", "a", "n")]);

  it("gives what was there when nothing changed since, and keeps nothing", () => {
    const { document, kept } = undone(before, after, after);
    expect(document).toEqual(before);
    expect(kept).toEqual([]);
  });

  it("leaves what somebody added since", () => {
    const now = canvas([...after.nodes, node("mine")], [...after.edges, edge("own", "a", "mine")]);
    const { document, kept } = undone(before, after, now);
    expect(document?.nodes.map(({ id }) => id).sort()).toEqual(["a", "b", "mine"]);
    expect(document?.edges.map(({ id }) => id).sort()).toEqual(["e", "own"]);
    expect(kept).toEqual([]);
  });

  it("leaves what somebody changed since, key by key", () => {
    const now = canvas([node("a", { color: "4", text: "mine" }), node("n", { text: "mine" })], after.edges);
    const { document, kept } = undone(before, after, now);
    expect(document?.nodes.find(({ id }) => id === "a")).toEqual(node("a", { text: "mine" }));
    expect(document?.nodes.find(({ id }) => id === "n")?.text).toBe("mine");
    expect(kept).toEqual(["n"]);
    expect(undone(before, after, canvas([node("a", { color: "2" }), node("n")], after.edges))).toMatchObject({ kept: ["a"] });
  });

  it("leaves a card to which somebody connected something", () => {
    const now = canvas([...after.nodes, node("mine")], [...after.edges, edge("own", "mine", "n")]);
    const { document, kept } = undone(before, after, now);
    expect(document?.nodes.map(({ id }) => id).sort()).toEqual(["a", "b", "mine", "n"]);
    expect(document?.edges.map(({ id }) => id).sort()).toEqual(["e", "own"]);
    expect(kept).toEqual(["n"]);
  });

  it("does not bring back what somebody removed, nor a connection to it", () => {
    const { document, kept } = undone(before, after, canvas([node("n")], []));
    expect(document?.nodes.map(({ id }) => id)).toEqual(["b"]);
    expect(document?.edges).toEqual([]);
    expect(kept).toEqual(["e"]);
  });

  it("leaves a card that somebody made again under the same id", () => {
    const now = canvas([...after.nodes, node("b", { text: "again" })], after.edges);
    expect(undone(before, after, now)).toMatchObject({ kept: ["b"] });
  });

  it("takes sides that Obsidian chose and places that it rounded for no change", () => {
    const wrote = canvas([node("a"), node("n", { x: 0.4 })], [edge("f", "a", "n")]);
    const now = canvas([node("a"), node("n", { x: 0 })], [edge("f", "a", "n", { fromSide: "right", toSide: "left" })]);
    expect(undone(canvas([node("a")]), wrote, now)).toMatchObject({ document: canvas([node("a")]), kept: [] });
  });

  it("does nothing about a write that never happened", () => {
    const { patch, kept } = undone(before, after, before);
    expect([patch, kept]).toEqual([[], []]);
  });

  it("brings a connection back to where it led", () => {
    const led = canvas([node("a"), node("n")], [edge("e", "a", "n")]);
    const first = canvas([node("a"), node("b")], [edge("e", "a", "b")]);
    expect(undone(first, led, led)).toMatchObject({ document: { edges: [edge("e", "a", "b")] }, kept: [] });
  });
});
