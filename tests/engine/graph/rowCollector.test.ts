import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEvent, emptyGraph, type GraphState } from "../../../src/engine/graph/fold";
import { RowCollector } from "../../../src/engine/graph/rowCollector";
import type { StoreBatch } from "../../../src/engine/graph/rows";
import { createUids } from "../../../src/engine/graph/uids";
import type { LearningEvent } from "../../../src/engine/learning/event";
import { MemoryDatabase } from "../../fakes/memoryDatabase";
import { testHasher } from "../../fakes/testHasher";
import { histories, retold } from "./eventArbitraries";
import {
  canvasCreated,
  canvasId,
  changes,
  edgeCreated,
  home,
  made,
  nodeCreated,
  otherCanvasId,
  vault,
} from "./madeEvents";

const uids = createUids(testHasher, vault);

function rows(graph: GraphState, events: readonly LearningEvent[]): StoreBatch {
  const collector = new RowCollector(vault, uids, graph);
  for (const event of events) collector.add(event);
  return collector.batch();
}

function fold(events: readonly LearningEvent[], graph = emptyGraph()): GraphState {
  for (const event of events) applyEvent(graph, event);
  return graph;
}

function rowsOf(events: readonly LearningEvent[]): StoreBatch {
  return rows(fold(events), events);
}

describe("rows in a store", () => {
  const histories2 = histories(25).map((events) => [
    canvasCreated(1),
    canvasCreated(2, "B.canvas", otherCanvasId),
    ...events,
  ]);
  const twoTellings = histories2.chain((events) => fc.tuple(fc.constant(events), retold(events), retold(events)));

  it("end as the graph does, whatever the order of events, with two devices sending what each knows", () => {
    fc.assert(
      fc.property(twoTellings, ([events, ours, theirs]) => {
        const database = new MemoryDatabase();
        const [us, them] = [emptyGraph(), emptyGraph()];
        for (let turn = 0; turn < Math.max(ours.length, theirs.length); turn += 1) {
          for (const [graph, told] of [
            [us, ours[turn] ?? []],
            [them, theirs[turn] ?? []],
          ] as const) {
            fold(told, graph);
            database.write(rows(graph, told));
          }
        }
        expect(database.snapshot(vault)).toEqual(rowsOf(events));
      }),
      { numRuns: 1000 },
    );
  }, 120_000);

  it("have a greater clock with each change, and the same one without", () => {
    fc.assert(
      fc.property(histories2.chain(retold), (told) => {
        const graph = emptyGraph();
        const seen = new Map<string, string>();
        for (const event of told.flat()) {
          fold([event], graph);
          const batch = rows(graph, [event]);
          // A canvas whose creation is not known yet shows the path of its last event, which has no clock of its own.
          const canvases = batch.canvases.filter(({ uid }) => (graph.canvases.get(uid)?.head.path ?? null) !== null);
          for (const row of [...batch.nodes, ...batch.edges, ...batch.notes, ...batch.concepts, ...canvases]) {
            const text = JSON.stringify(row);
            const known = seen.get(row.uid);
            if (known !== undefined && known !== text)
              expect(row.hlc > (JSON.parse(known) as { hlc: string }).hlc).toBe(true);
            seen.set(row.uid, text);
          }
        }
      }),
      { numRuns: 500 },
    );
  }, 120_000);

  it("stand once each, sorted", () => {
    fc.assert(
      fc.property(histories(40), (events) => {
        const batch = rowsOf([...events, ...events]);
        for (const list of [batch.canvases, batch.nodes, batch.edges, batch.notes, batch.concepts]) {
          const keys = list.map((row) => row.uid);
          expect(keys).toEqual([...new Set(keys)].sort());
        }
        const order = batch.events.map((event) => `${event.hlc} ${event.id}`);
        expect(order).toEqual([...order].sort());
        expect(new Set(batch.events.map((event) => event.id)).size).toBe(new Set(events.map((event) => event.id)).size);
      }),
    );
  });
});

describe("a node's row", () => {
  it("names what the schema knows and keeps the rest as one text", () => {
    const node = {
      type: "file",
      file: "N.md",
      text: 5,
      label: null,
      x: 1.5,
      y: 0,
      width: 10,
      height: 20,
      color: "4",
      zoo: [1],
      ant: { b: 1, a: 2 },
    };
    const created = nodeCreated(3, "n", node, { level: "understood", concept: "N.md" });
    const scored = made({
      ms: 5,
      type: "score_submitted",
      subject: ["node", "n"],
      data: { score: 80, concept: "N.md" },
    });
    const reviewed = made({
      ms: 4,
      type: "review_rated",
      subject: ["node", "n"],
      data: { rating: "good", due: 7, interval: 1, ease: 2.5 },
    });
    const batch = rowsOf([canvasCreated(1), created, scored, reviewed]);
    expect(batch.nodes).toEqual([
      {
        uid: `${canvasId}#n`,
        vault,
        canvas: canvasId,
        id: "n",
        type: "file",
        text: null,
        file: "N.md",
        url: null,
        label: null,
        color: "4",
        level: "understood",
        concept: "N.md",
        x: 1.5,
        y: 0,
        width: 10,
        height: 20,
        score: 80,
        rating: "good",
        due: 7,
        interval: 1,
        ease: 2.5,
        extra: `{"ant":{"a":2,"b":1},"text":5,"zoo":[1]}`,
        deleted: false,
        hlc: `${scored.hlc}+${reviewed.hlc.slice(0, 20)}+${created.hlc.slice(0, 20)}`,
      },
    ]);
    expect(batch.canvases).toEqual([
      { uid: canvasId, vault, path: "Maths.canvas", title: "Maths", deleted: false, hlc: canvasCreated(1).hlc },
    ]);
  });

  it("brings its canvas, and stands in when the graph does not know it", () => {
    const seen = made({
      ms: 4,
      type: "custom:seen",
      subject: ["node", "ghost"],
      data: { concept: 4, score: "x", oldLevel: "a", newLevel: null },
    });
    const batch = rowsOf([seen]);
    expect(batch.canvases).toMatchObject([{ uid: canvasId, path: home.path, deleted: false, hlc: "" }]);
    expect(batch.nodes).toMatchObject([{ uid: `${canvasId}#ghost`, type: "", deleted: true, hlc: "" }]);
    expect(batch.events).toMatchObject([
      { about: `${canvasId}#ghost`, aboutKind: "node", concept: null, score: null, oldLevel: "a", newLevel: null },
    ]);
  });

  it("stays live when its canvas is deleted, whose row alone says so", () => {
    const deleted = made({ ms: 9, type: "canvas_deleted", subject: ["canvas", canvasId], data: { path: home.path } });
    const batch = rowsOf([canvasCreated(1), nodeCreated(2, "n", {}), deleted]);
    expect(batch.nodes).toMatchObject([{ deleted: false, hlc: nodeCreated(2, "n", {}).hlc }]);
    expect(batch.canvases).toMatchObject([
      { deleted: true, hlc: `${deleted.hlc}+${canvasCreated(1).hlc.slice(0, 20)}` },
    ]);
  });

  it("is kept under the hash of a key above 1 kB", () => {
    const id = "é".repeat(600);
    const [row] = rowsOf([nodeCreated(1, id, {})]).nodes;
    expect(row).toMatchObject({ id, uid: testHasher.sha256(`${canvasId}#${id}`) });
    expect(rowsOf([nodeCreated(1, "é".repeat(400), {})]).nodes[0]?.uid).toBe(`${canvasId}#${"é".repeat(400)}`);
  });
});

describe("an edge's event", () => {
  const world = [
    canvasCreated(1),
    nodeCreated(2, "a", {}),
    edgeCreated(3, "e", "a", "b", { toSide: "left", color: "1", label: 4 }),
  ];
  const event = made({
    ms: 4,
    type: "edge_updated",
    subject: ["edge", "e"],
    data: { changes: changes({ label: "l" }) },
  });

  it("is about the canvas and brings the edge and those ends that are known", () => {
    const batch = rows(fold([...world, event]), [event]);
    expect(batch.events).toMatchObject([{ about: canvasId, aboutKind: "canvas", subjectKind: "edge", subjectId: "e" }]);
    expect(batch.nodes.map((row) => row.id)).toEqual(["a"]);
    expect(batch.edges).toMatchObject([
      {
        uid: `${canvasId}#e`,
        from: `${canvasId}#a`,
        to: `${canvasId}#b`,
        fromSide: null,
        toSide: "left",
        color: "1",
        label: "l",
        extra: "{}",
        deleted: false,
      },
    ]);
  });

  it("keeps a label that is no text among the other keys", () => {
    expect(rowsOf(world).edges).toMatchObject([{ label: null, extra: `{"label":4}` }]);
  });
});

describe("an event's row", () => {
  it("is the earlier one where two devices tell the same event", () => {
    const one = { ...nodeCreated(5, "n", {}, { device: "d2" }), id: "same" };
    const other = { ...nodeCreated(5, "n", {}, { device: "d1" }), id: "same" };
    expect(rowsOf([one, other]).events).toMatchObject([{ id: "same", device: "d1" }]);
    expect(rowsOf([other, one]).events).toMatchObject([{ id: "same", device: "d1" }]);
  });

  it("tells notes and concepts by the vault and their name", () => {
    const note = made({
      ms: 1,
      type: "mastery_changed",
      subject: ["note", "N.md"],
      data: { oldLevel: null, newLevel: "learning", concept: "N.md" },
    });
    const concept = made({ ms: 2, type: "score_submitted", subject: ["concept", "limits"], data: { score: 3 } });
    const batch = rowsOf([note, concept]);
    expect(batch.events).toMatchObject([
      {
        about: "v/N.md",
        aboutKind: "note",
        canvas: null,
        canvasPath: null,
        concept: "N.md",
        newLevel: "learning",
        data: JSON.stringify(note.data),
      },
      { about: "v/limits", aboutKind: "concept", score: 3 },
    ]);
    expect(batch.notes).toMatchObject([
      { uid: "v/N.md", path: "N.md", mastery: "learning", score: null, deleted: false, hlc: note.hlc },
    ]);
    expect(batch.concepts).toMatchObject([{ uid: "v/limits", name: "limits", score: 3, hlc: concept.hlc }]);
  });

  it("has something to be about even when a damaged event names no canvas", () => {
    const lost = nodeCreated(1, "n", {}, { canvas: null });
    const batch = rowsOf([lost]);
    expect(batch.events).toMatchObject([{ about: `${vault}#n`, canvas: null }]);
    expect([batch.canvases[0]?.uid, batch.nodes[0]?.uid]).toEqual([vault, `${vault}#n`]);
  });
});
