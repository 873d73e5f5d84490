import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differences, viewOf } from "../../../src/engine/graph/differences";
import { applyEvent, emptyGraph, type GraphState } from "../../../src/engine/graph/fold";
import type { LocalGraph } from "../../../src/engine/graph/localGraph";
import { RowCollector } from "../../../src/engine/graph/rowCollector";
import { createUids } from "../../../src/engine/graph/uids";
import { StorageError } from "../../../src/engine/journal/port";
import type { LearningEvent } from "../../../src/engine/learning/event";
import { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import { testHasher } from "../../fakes/testHasher";
import { batches, histories, retold } from "./eventArbitraries";
import { base, coveredBy, openGraph, tailAfter } from "./graphSetup";
import { canvasCreated, canvasId, made, nodeCreated, otherCanvasId, vault } from "./madeEvents";

function fold(events: readonly LearningEvent[]): GraphState {
  const graph = emptyGraph();
  for (const event of events) applyEvent(graph, event);
  return graph;
}

async function expectFolded(graph: LocalGraph, events: readonly LearningEvent[]): Promise<void> {
  expect(await differences(graph.view(), viewOf(fold(events)))).toEqual([]);
  for (const [id, row] of fold(events).canvases) {
    expect(graph.canvasById(id)).toMatchObject({
      clock: row.head.seen.clock,
      fileAt: row.head.fileAt,
      nodes: row.tally.nodes,
      edges: row.tally.edges,
      levels: row.tally.levels,
    });
  }
}

/** Canvases `c0`… with one node each, made at 10, 20, … */
function manyCanvases(count: number): readonly LearningEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const canvas = { id: index.toString(16).padStart(16, "0"), path: `Folder/${index}.canvas` };
    return [
      made({
        ms: index * 10 + 10,
        type: "canvas_created",
        subject: ["canvas", canvas.id],
        canvas,
        data: { path: canvas.path },
      }),
      nodeCreated(index * 10 + 11, "n", { text: `text ${index}` }, { canvas, level: "learning" }),
    ];
  }).flat();
}

function idOf(index: number): string {
  return index.toString(16).padStart(16, "0");
}

describe("the local graph", () => {
  it("is the fold of its events, whatever their order and batches, with one canvas in memory", async () => {
    await fc.assert(
      fc.asyncProperty(
        histories(25).chain((events) => fc.tuple(fc.constant(events), retold(events))),
        async ([events, told]) => {
          const graph = await openGraph({ maxOpen: 1 });
          await Promise.all(told.map((batch) => graph.apply(batch)));
          await expectFolded(graph, events);
        },
      ),
      { numRuns: 150 },
    );
  }, 120_000);

  it("comes back from a checkpoint of any age and the events after it", async () => {
    const run = fc.tuple(
      histories(30),
      fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      fc.integer({ min: 1, max: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(run, async ([events, saves, size]) => {
        const folder = new MemoryDataFolder();
        const graph = await openGraph({ folder, maxOpen: 1 });
        for (const [index, batch] of batches(events, size).entries()) {
          await graph.apply(batch);
          if (saves[index % saves.length] === true)
            await graph.checkpoint(coveredBy(events.slice(0, (index + 1) * size)));
        }
        const again = await openGraph({ folder: folder.copy(), maxOpen: 1 });
        expect([...again.covered]).toEqual([...graph.covered]);
        await again.apply(tailAfter(again.covered, events));
        await expectFolded(again, events);
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it("gives the rows that the whole graph in memory gives", async () => {
    await fc.assert(
      fc.asyncProperty(histories(25), async (events) => {
        const graph = await openGraph({ maxOpen: 1 });
        await graph.apply(events);
        const whole = new RowCollector(vault, createUids(testHasher, vault), fold(events));
        for (const event of events) whole.add(event);
        expect(await graph.rowsFor(events)).toEqual(whole.batch());
      }),
      { numRuns: 100 },
    );
  }, 120_000);

  it("answers in the order of the calls", async () => {
    const graph = await openGraph({ maxOpen: 1 });
    void graph.apply(manyCanvases(3));
    const first = graph.lastGood(idOf(2));
    void graph.apply([
      made({ ms: 99, type: "node_removed", subject: ["node", "n"], canvas: { id: idOf(2), path: "x" }, data: {} }),
    ]);
    const second = graph.lastGood(idOf(2));
    expect((await first).nodes).toEqual([{ id: "n", text: "text 2" }]);
    expect((await second).nodes).toEqual([]);
  });

  it("knows nothing of what no event spoke of", async () => {
    const graph = await openGraph();
    expect([
      graph.canvasByPath("x"),
      graph.canvasById("x"),
      graph.note("x"),
      graph.concept("x"),
      graph.stamp("x"),
    ]).toEqual([null, null, null, null, null]);
    expect([await graph.lastGood("x"), await graph.node("x", "n")]).toEqual([{ nodes: [], edges: [] }, null]);
    expect([graph.canvases(), graph.notes(), [...graph.covered]]).toEqual([[], [], []]);
    expect(await graph.rowsFor([])).toMatchObject({ vault, canvases: [], events: [] });
    expect(await graph.checkpoint(new Map())).toEqual({ written: 0 });
  });
});

describe("looking things up", () => {
  it("finds the live canvas at a path, through renames, deletion and return", async () => {
    const graph = await openGraph();
    const at = (ms: number, type: string, path: string, data: object): LearningEvent =>
      made({ ms, type, subject: ["canvas", canvasId], canvas: { id: canvasId, path }, data: data as never });
    await graph.apply([canvasCreated(1, "A.canvas")]);
    expect(graph.canvasByPath("A.canvas")).toMatchObject({ id: canvasId, live: true });
    await graph.apply([at(2, "canvas_renamed", "B.canvas", { from: "A.canvas", to: "B.canvas" })]);
    expect([graph.canvasByPath("A.canvas"), graph.canvasByPath("B.canvas")?.id]).toEqual([null, canvasId]);
    await graph.apply([at(3, "canvas_deleted", "B.canvas", { path: "B.canvas" })]);
    expect(graph.canvasByPath("B.canvas")).toBeNull();
    expect(graph.canvasById(canvasId)).toMatchObject({ live: false, path: "B.canvas" });
    await graph.apply([canvasCreated(4, "A.canvas")]);
    expect(graph.canvasByPath("A.canvas")?.id).toBe(canvasId);
  });

  it("takes the one created first where two canvases claim one path", async () => {
    const events = [canvasCreated(2, "A.canvas", otherCanvasId), canvasCreated(1, "A.canvas")];
    for (const order of [events, [...events].reverse()]) {
      const graph = await openGraph();
      await graph.apply(order);
      expect(graph.canvasesAt("A.canvas").map(({ id }) => id)).toEqual([canvasId, otherCanvasId]);
      expect(graph.canvasByPath("A.canvas")?.id).toBe(canvasId);
      expect(graph.contestedPaths()).toEqual(["A.canvas"]);
      await graph.apply([made({ ms: 3, type: "canvas_deleted", subject: ["canvas", canvasId], canvas: { id: canvasId, path: "A.canvas" }, data: {} })]);
      expect([graph.canvasByPath("A.canvas")?.id, graph.contestedPaths()]).toEqual([otherCanvasId, []]);
    }
  });

  it("lets one whose creation is not known yet stay behind", async () => {
    const graph = await openGraph();
    const unborn = made({ ms: 1, type: "node_created", subject: ["node", "n"], canvas: { id: canvasId, path: "A.canvas" }, data: {} });
    await graph.apply([unborn, canvasCreated(2, "A.canvas", otherCanvasId)]);
    expect(graph.canvasByPath("A.canvas")?.id).toBe(otherCanvasId);
  });

  it("shows nodes, notes and concepts with what was learnt", async () => {
    const graph = await openGraph();
    await graph.apply([
      nodeCreated(1, "n", { text: "t", color: "4" }, { level: "understood", concept: "t" }),
      made({ ms: 2, type: "score_submitted", subject: ["node", "n"], data: { score: 70 } }),
      made({ ms: 3, type: "score_submitted", subject: ["note", "N.md"], data: { score: 50 }, origin: "index" }),
      made({ ms: 4, type: "score_submitted", subject: ["note", "N.md"], data: { score: 60 }, origin: "command" }),
      made({ ms: 5, type: "mastery_changed", subject: ["concept", "limits"], data: { newLevel: "learning" } }),
    ]);
    expect(await graph.node(canvasId, "n")).toEqual({
      entry: { id: "n", text: "t", color: "4" },
      live: true,
      level: "understood",
      concept: "t",
      score: 70,
      rating: null,
      due: null,
      interval: null,
      ease: null,
    });
    expect(await graph.node(canvasId, "m")).toBeNull();
    expect(graph.note("N.md")).toMatchObject({ id: "N.md", score: 60, fileAt: 3, changedAt: 4, inFile: { score: 50 } });
    expect(graph.notes().map((note) => note.id)).toEqual(["N.md"]);
    expect(graph.concept("limits")).toMatchObject({ mastery: "learning", fileAt: 5 });
    expect(graph.summary()).toEqual({
      canvases: 1,
      nodes: 1,
      edges: 0,
      levels: { not_understood: 0, learning: 0, understood: 1, mastered: 0, none: 0 },
      notes: 1,
      concepts: 1,
    });
  });
});

describe("memory", () => {
  it("holds the texts of the canvases used last and no others", async () => {
    const folder = new MemoryDataFolder();
    const graph = await openGraph({ folder, maxOpen: 2 });
    await graph.apply(manyCanvases(5));
    await graph.lastGood(idOf(3));
    await graph.lastGood(idOf(0));
    folder.unreadable = "gone";
    expect((await graph.lastGood(idOf(3))).nodes).toEqual([{ id: "n", text: "text 3" }]);
    expect((await graph.lastGood(idOf(0))).nodes).toEqual([{ id: "n", text: "text 0" }]);
    await expect(graph.lastGood(idOf(4))).rejects.toThrow(StorageError);
    await expect(graph.apply(manyCanvases(5).slice(-1))).rejects.toThrow(StorageError);
    folder.unreadable = null;
    expect((await graph.lastGood(idOf(4))).nodes).toEqual([{ id: "n", text: "text 4" }]);
  });

  it("keeps what it cannot save and saves it when it can", async () => {
    const folder = new MemoryDataFolder();
    const warnings: string[] = [];
    const logger = {
      debug: () => undefined,
      error: () => undefined,
      warn: (message: string) => void warnings.push(message),
    };
    const graph = await openGraph({ folder, maxOpen: 1, logger });
    const events = manyCanvases(4);
    folder.refusing = "full";
    await graph.apply(events);
    await expectFolded(graph, events);
    expect(warnings.length).toBeGreaterThan(0);
    await expect(graph.checkpoint(coveredBy(events))).rejects.toThrow(StorageError);
    folder.refusing = null;
    expect(await graph.checkpoint(coveredBy(events))).toEqual({ written: 5 });
    await expectFolded(await openGraph({ folder: folder.copy() }), events);
  });
});

describe("starting anew", () => {
  it("forgets everything and can be filled again", async () => {
    const folder = new MemoryDataFolder();
    folder.put("devices/d1/journal/1.ndjson", "not mine");
    const graph = await openGraph({ folder, maxOpen: 1 });
    const events = [
      ...manyCanvases(3),
      made({ ms: 99, type: "score_submitted", subject: ["note", "N.md"], data: { score: 1 } }),
    ];
    graph.setStamp("b", { mtime: 1, size: 2, hash: "h" });
    await graph.apply(events);
    await graph.checkpoint(coveredBy(events));
    await graph.reset();
    expect([
      graph.canvases(),
      graph.notes(),
      graph.stamp("b"),
      graph.canvasByPath("Folder/1.canvas"),
      [...graph.covered],
    ]).toEqual([[], [], null, null, []]);
    expect(folder.paths()).toEqual(["devices/d1/journal/1.ndjson"]);
    await graph.apply(events.slice(0, 2));
    await graph.checkpoint(coveredBy(events.slice(0, 2)));
    await expectFolded(await openGraph({ folder: folder.copy() }), events.slice(0, 2));
  });

  it("never takes a foreign canvas id for a path", async () => {
    const folder = new MemoryDataFolder();
    const graph = await openGraph({ folder });
    const ids = ["../../../escaped", "index", "stamps", "CON", "a/b", "", "C0FFEE00C0FFEE00"];
    const events = ids.map((id, index) =>
      nodeCreated(index + 1, "n", { text: id }, { canvas: { id, path: "x.canvas" } }),
    );
    await graph.apply(events);
    await graph.checkpoint(coveredBy(events));
    for (const path of folder.paths()) expect(path).toMatch(/^devices\/d1\/graph\/(index|x[0-9a-f]{64})\.[ab]\.json$/);
    const again = await openGraph({ folder: folder.copy() });
    await expectFolded(again, events);
  });
});

describe("checkpoints at a place of their own", () => {
  it("lie in the folder they were given", async () => {
    const folder = new MemoryDataFolder();
    const graph = await openGraph({ folder });
    await graph.apply([
      ...manyCanvases(1),
      made({ ms: 99, type: "score_submitted", subject: ["concept", "k"], data: { score: 1 } }),
    ]);
    await graph.checkpoint(new Map([["d1", [[1, 99]]]]));
    expect(folder.paths()).toEqual([`${base}/${idOf(0)}.a.json`, `${base}/index.a.json`, `${base}/subjects.a.json`]);
  });
});
