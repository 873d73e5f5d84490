import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentsOf, documentOf } from "../../../src/engine/graph/canvasContents";
import { canvasSummary, graphSummary } from "../../../src/engine/graph/canvasSummary";
import { applyEvent, emptyGraph, foldAll, type GraphState } from "../../../src/engine/graph/fold";
import type { JsonObject } from "../../../src/engine/kernel/json";
import type { LearningEvent } from "../../../src/engine/learning/event";
import { canonicalGraph } from "./canonicalGraph";
import { histories, retold, tiedHistories } from "./eventArbitraries";
import { canvasCreated, canvasId, changes, edgeCreated, home, made, nodeCreated } from "./madeEvents";

function fold(events: readonly LearningEvent[]): GraphState {
  const graph = emptyGraph();
  for (const event of events) applyEvent(graph, event);
  return graph;
}

function document(events: readonly LearningEvent[]): unknown {
  const contents = fold(events).contents.get(canvasId);
  return contents === undefined ? null : documentOf(contents);
}

function summary(events: readonly LearningEvent[]): ReturnType<typeof canvasSummary> {
  const row = fold(events).canvases.get(canvasId);
  if (row === undefined) throw new Error("no such canvas");
  return canvasSummary(row);
}

describe("the order of events", () => {
  const withRetellings = (
    source: fc.Arbitrary<readonly LearningEvent[]>,
  ): fc.Arbitrary<[readonly LearningEvent[], readonly LearningEvent[]]> =>
    source.chain((events) =>
      retold(events).map((told): [readonly LearningEvent[], readonly LearningEvent[]] => [events, told.flat()]),
    );

  it("does not matter, nor do repeats", () => {
    fc.assert(
      fc.property(withRetellings(histories(30)), ([events, told]) => {
        expect(canonicalGraph(fold(told))).toEqual(canonicalGraph(fold(events)));
      }),
      { numRuns: 1000 },
    );
  }, 120_000);

  it("does not matter even where clocks repeat", () => {
    fc.assert(
      fc.property(withRetellings(tiedHistories(12)), ([events, told]) => {
        expect(canonicalGraph(fold(told))).toEqual(canonicalGraph(fold(events)));
      }),
      { numRuns: 1000 },
    );
  }, 120_000);

  it("keeps counts that are those of a recount", () => {
    fc.assert(
      fc.property(histories(40), (events) => {
        for (const { nodes, edges, tally } of fold(events).contents.values())
          expect(contentsOf(nodes, edges).tally).toEqual(tally);
      }),
    );
  });

  it("says that a repeated event changed nothing", () => {
    fc.assert(
      fc.property(histories(20), (events) => {
        const graph = fold(events);
        expect(events.filter((event) => applyEvent(graph, event))).toEqual([]);
      }),
    );
  });
});

describe("a node", () => {
  const born = nodeCreated(1, "n", {
    type: "text",
    text: "old",
    x: 0.4,
    y: 1,
    width: 250,
    height: 60,
    color: "1",
    extra: { a: 1 },
  });

  it("is read back as its file has it, whole, with the keys of prototypes as plain data", () => {
    const text = `{"type":"text","text":"t","x":0.25,"color":"4","style":{"a":null},"__proto__":{"b":1},"toString":5}`;
    const node = JSON.parse(text) as JsonObject;
    const read = document([nodeCreated(1, "n", node)]) as { nodes: object[] };
    expect(JSON.parse(JSON.stringify(read.nodes))).toEqual([JSON.parse(JSON.stringify({ id: "n", ...node }))]);
    expect(Object.getPrototypeOf(read.nodes[0])).toBe(Object.prototype);
  });

  it("keeps colours that are no text and places that are no numbers as data", () => {
    const events = [
      nodeCreated(1, "n", { color: 5, x: "left", y: 2 }),
      made({
        ms: 2,
        type: "node_moved",
        subject: ["node", "n"],
        data: { to: { x: 3, y: 4, width: null, height: null } },
      }),
      made({
        ms: 3,
        type: "node_updated",
        subject: ["node", "n"],
        data: { changes: { x: ["left", null], y: [null, "top"] } },
      }),
      made({
        ms: 4,
        type: "node_moved",
        subject: ["node", "n"],
        data: { to: { x: 3, y: null, width: null, height: null } },
      }),
    ];
    expect(document(events.slice(0, 1))).toEqual({ nodes: [{ id: "n", color: 5, x: "left", y: 2 }], edges: [] });
    expect(document(events)).toEqual({ nodes: [{ id: "n", color: 5, x: 3, y: "top" }], edges: [] });
  });

  it("takes every later change of text, place and colour, each by its own clock", () => {
    const events = [
      born,
      made({
        ms: 5,
        type: "node_updated",
        subject: ["node", "n"],
        data: { changes: { text: ["old", "new"], extra: [{ a: 1 }, null] } },
      }),
      made({
        ms: 4,
        type: "node_moved",
        subject: ["node", "n"],
        data: { to: { x: 10, y: 20, width: 300, height: 80 } },
      }),
      made({ ms: 3, type: "color_changed", subject: ["node", "n"], data: { newColor: "4", newLevel: "understood" } }),
    ];
    expect(document(events)).toEqual({
      nodes: [{ id: "n", type: "text", text: "new", x: 10, y: 20, width: 300, height: 80, color: "4" }],
      edges: [],
    });
    expect(summary(events).levels).toEqual({ not_understood: 0, learning: 0, understood: 1, mastered: 0, none: 0 });
    const cleared = [
      ...events,
      made({ ms: 6, type: "color_removed", subject: ["node", "n"], data: { oldColor: "4" } }),
    ];
    expect(document(cleared)).toMatchObject({ nodes: [{ text: "new" }] });
    expect(JSON.stringify(document(cleared))).not.toContain("color");
  });

  it("keeps two updates of different keys whichever comes first", () => {
    const text = made({
      ms: 3,
      type: "node_updated",
      subject: ["node", "n"],
      data: { changes: changes({ text: "mine" }) },
    });
    const extra = made({
      ms: 2,
      type: "node_updated",
      subject: ["node", "n"],
      device: "d2",
      data: { changes: changes({ extra: "yours" }) },
    });
    for (const events of [
      [born, text, extra],
      [extra, text, born],
      [text, born, extra],
    ]) {
      expect(document(events)).toMatchObject({ nodes: [{ text: "mine", extra: "yours" }] });
    }
  });

  it("is gone after its removal, and back with what its new creation says", () => {
    const removed = made({ ms: 5, type: "node_removed", subject: ["node", "n"], data: { node: {} } });
    const updated = made({
      ms: 4,
      type: "node_updated",
      subject: ["node", "n"],
      data: { changes: changes({ label: "l" }) },
    });
    expect(document([born, updated, removed])).toEqual({ nodes: [], edges: [] });
    const again = nodeCreated(6, "n", { type: "group" });
    expect(document([again, removed, updated, born])).toEqual({ nodes: [{ id: "n", type: "group" }], edges: [] });
  });

  it("comes in the order of creation, its own updates aside", () => {
    const events = [
      nodeCreated(3, "a", {}),
      nodeCreated(1, "c", {}),
      nodeCreated(2, "b", {}),
      edgeCreated(9, "e", "a", "b"),
      edgeCreated(8, "f", "a", "c"),
    ];
    const update = made({
      ms: 12,
      type: "node_updated",
      subject: ["node", "c"],
      data: { changes: changes({ text: "t" }) },
    });
    expect(document([...events, update])).toEqual({
      nodes: [{ id: "c", text: "t" }, { id: "b" }, { id: "a" }],
      edges: [
        { id: "f", fromNode: "a", toNode: "c" },
        { id: "e", fromNode: "a", toNode: "b" },
      ],
    });
  });
});

describe("a canvas", () => {
  it("follows its renames and keeps what is on it", () => {
    const renamed = made({
      ms: 5,
      type: "canvas_renamed",
      subject: ["canvas", canvasId],
      canvas: { ...home, path: "New.canvas" },
      data: { from: home.path, to: "New.canvas" },
    });
    expect(summary([renamed, canvasCreated(1), nodeCreated(2, "n", {})])).toMatchObject({
      path: "New.canvas",
      live: true,
      nodes: 1,
    });
  });

  it("is deleted alone and comes back with what was on it", () => {
    const deleted = made({ ms: 5, type: "canvas_deleted", subject: ["canvas", canvasId], data: { path: home.path } });
    const events = [canvasCreated(1), nodeCreated(2, "n", {}, { level: "learning" }), deleted];
    expect(summary(events)).toMatchObject({ live: false, nodes: 1 });
    expect(graphSummary(fold(events))).toMatchObject({ canvases: 0, nodes: 0, levels: { learning: 0 } });
    const back = [...events, canvasCreated(6, "Back.canvas")];
    expect(summary(back)).toMatchObject({ live: true, path: "Back.canvas", nodes: 1 });
    expect(graphSummary(fold(back))).toMatchObject({ canvases: 1, nodes: 1, levels: { learning: 1 } });
  });

  it("is there, at the path its last event names, while its creation is not known", () => {
    expect(
      summary([nodeCreated(2, "n", {}, { canvas: { ...home, path: "Later.canvas" } }), nodeCreated(1, "m", {})]),
    ).toMatchObject({ live: true, path: "Later.canvas" });
  });

  it("knows its greatest clock and the last time of its file", () => {
    const scored = made({
      ms: 9,
      at: 900,
      type: "score_submitted",
      subject: ["node", "n"],
      data: { score: 5 },
      origin: "command",
    });
    const odd = made({ ms: 7, at: 70, type: "custom:seen", subject: ["node", "n"], origin: "api" });
    const all = [canvasCreated(1), scored, nodeCreated(3, "n", {}, { at: 30 }), odd];
    expect(summary(all)).toMatchObject({ clock: scored.hlc, fileAt: 30, changedAt: 900 });
    expect(summary([scored]).fileAt).toBeNull();
  });
});

describe("a note", () => {
  const note = (
    ms: number,
    type: string,
    data: Record<string, never> | object,
    origin: LearningEvent["origin"],
  ): LearningEvent => made({ ms, type, subject: ["note", "N.md"], data: data as never, origin });

  it("keeps the last score, level and review, and apart from them what its file said", () => {
    const graph = fold([
      note(1, "score_submitted", { score: 60 }, "index"),
      note(2, "score_submitted", { score: 90 }, "command"),
      note(3, "mastery_changed", { newLevel: "learning" }, "edit"),
      note(4, "review_rated", { rating: 3, due: "2030-01-02" }, "review"),
      note(5, "note_opened", {}, "command"),
    ]);
    const state = graph.notes.get("N.md");
    expect(state?.clock).toBe(note(5, "", {}, "edit").hlc);
    expect(state?.fileAt).toBe(3);
    expect(state?.facts.score?.value).toBe(90);
    expect(state?.facts.review?.value).toEqual({ rating: 3, due: "2030-01-02", interval: null, ease: null });
    expect([state?.inFile.score?.value, state?.inFile.mastery?.value, state?.inFile.review]).toEqual([
      60,
      "learning",
      null,
    ]);
  });
});

describe("a whole history", () => {
  it("folds as a stream", async () => {
    const events = [canvasCreated(1), nodeCreated(2, "n", {})];
    async function* stream(): AsyncIterable<LearningEvent> {
      yield* events;
    }
    expect(canonicalGraph(await foldAll(stream()))).toEqual(canonicalGraph(fold(events)));
  });
});
