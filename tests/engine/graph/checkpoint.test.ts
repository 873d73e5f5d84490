import { describe, expect, it } from "vitest";
import type { Covered } from "../../../src/engine/graph/covered";
import { differences, viewOf } from "../../../src/engine/graph/differences";
import { applyEvent, emptyGraph } from "../../../src/engine/graph/fold";
import type { LocalGraph } from "../../../src/engine/graph/localGraph";
import type { Cancel, Clock } from "../../../src/engine/kernel/clock";
import type { LearningEvent } from "../../../src/engine/learning/event";
import { StorageError } from "../../../src/engine/journal/port";
import type { MemoryDataFolder } from "../../fakes/memoryDataFolder";
import { base, coveredBy, CutFolder, openGraph, tailAfter } from "./graphSetup";
import { canvasCreated, canvasId, changes, made, nodeCreated, otherCanvasId } from "./madeEvents";

const other = { id: otherCanvasId, path: "Other.canvas" };

/** Two rounds of changes to two canvases, a note and a concept. */
const first: readonly LearningEvent[] = [
  canvasCreated(1),
  nodeCreated(2, "n", { text: "first" }),
  canvasCreated(3, other.path, other.id),
  nodeCreated(4, "n", { text: "first elsewhere" }, { canvas: other }),
  made({ ms: 5, type: "score_submitted", subject: ["note", "N.md"], data: { score: 1 } }),
];
const second: readonly LearningEvent[] = [
  made({ ms: 6, type: "node_updated", subject: ["node", "n"], data: { changes: changes({ text: "second" }) } }),
  nodeCreated(7, "m", { text: "second elsewhere" }, { canvas: other }),
  made({ ms: 8, type: "score_submitted", subject: ["concept", "k"], data: { score: 2 } }),
];
const all: readonly LearningEvent[] = [...first, ...second];

async function expectWhole(graph: LocalGraph, events: readonly LearningEvent[]): Promise<void> {
  const whole = emptyGraph();
  for (const event of events) applyEvent(whole, event);
  expect(await differences(graph.view(), viewOf(whole))).toEqual([]);
}

/** A folder with two checkpoints, so that both files of each pair are there. */
async function savedTwice(folder: MemoryDataFolder = new CutFolder()): Promise<MemoryDataFolder> {
  const graph = await openGraph({ folder });
  await graph.apply(first);
  graph.setStamp("a", { mtime: 1, size: 1, hash: "h" });
  await graph.checkpoint(coveredBy(first));
  await graph.apply(second);
  graph.setStamp("b", { mtime: 1, size: 1, hash: "h" });
  await graph.checkpoint(coveredBy(all));
  return folder;
}

/** Opens what a dead process left and brings it up to date, as a start does. */
async function restarted(folder: MemoryDataFolder, journal: readonly LearningEvent[] = all): Promise<LocalGraph> {
  const graph = await openGraph({ folder, journal });
  await graph.apply(tailAfter(graph.covered, journal));
  return graph;
}

function damage(folder: MemoryDataFolder, name: string): void {
  const path = `${base}/${name}`;
  const text = folder.textOf(path);
  expect(text).not.toBe("");
  folder.put(
    path,
    text.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)),
  );
}

describe("a checkpoint of a large canvas", () => {
  const many = Array.from({ length: 1_000 }, (_, index) => nodeCreated(10 + index, `n${index}`, { text: "long" }));
  const later = nodeCreated(5_000, "later", { text: "came meanwhile" });

  /** Time passes with each look at it, so that all work is long. */
  function tiring(onPause: () => void): Clock {
    let now = 0;
    const after = (_: number, run: () => void): Cancel => {
      onPause();
      queueMicrotask(run);
      return () => undefined;
    };
    return { now: () => now, monotonic: () => (now += 1), after };
  }

  it("gives the thread back while it is made, and has what was there when it began", async () => {
    const folder = new CutFolder();
    let pauses = 0;
    const applied: Promise<void>[] = [];
    const clock = tiring(() => {
      pauses += 1;
      if (pauses === 1) applied.push(graph.apply([later]));
    });
    const graph = await openGraph({ folder, clock });
    const before = [canvasCreated(1), ...many];
    await graph.apply(before);
    expect(graph.unsavedSize()).toBe(1_000);
    await graph.checkpoint(coveredBy(before));
    expect(pauses).toBeGreaterThan(3);
    await Promise.all(applied);
    expect(graph.unsavedSize()).toBe(1_001);
    const whole = [...before, later];
    await expectWhole(graph, whole);
    await expectWhole(await restarted(folder, whole), whole);
  });
});

describe("a crash while a checkpoint is written", () => {
  it("at any write, cut at any of its bytes, loses nothing", async () => {
    const writesOfOne = 5;
    let crashes = 0;
    for (let round = 1; round <= 2; round += 1) {
      for (let write = 1; write <= writesOfOne; write += 1) {
        for (const part of [0, 1, 40, 200, Number.MAX_SAFE_INTEGER]) {
          const folder = new CutFolder();
          const graph = await openGraph({ folder });
          await graph.apply(first);
          graph.setStamp("a", { mtime: 1, size: 1, hash: "h" });
          if (round === 2) {
            await graph.checkpoint(coveredBy(first));
            await graph.apply(second);
            graph.setStamp("b", { mtime: 1, size: 1, hash: "h" });
          }
          const told = round === 1 ? first : all;
          folder.cutAt = folder.writes + write;
          folder.cutBytes = part;
          await expect(graph.checkpoint(coveredBy(told))).rejects.toThrow(StorageError);
          crashes += 1;
          await expectWhole(await restarted(folder.copy(), told), told);
          // The living process goes on as well: the next checkpoint saves what this one could not.
          await graph.checkpoint(coveredBy(told));
          const next = await openGraph({ folder: folder.copy() });
          expect(next.covered).toEqual(coveredBy(told));
          await expectWhole(next, told);
        }
      }
    }
    expect(crashes).toBe(2 * writesOfOne * 5);
  }, 120_000);

  it("writes canvases before the index that covers them", async () => {
    const folder = new CutFolder();
    const graph = await openGraph({ folder });
    await graph.apply(first);
    folder.cutAt = folder.writes + 4;
    await expect(graph.checkpoint(coveredBy(first))).rejects.toThrow(StorageError);
    const names = folder.paths().map((path) => path.slice(base.length + 1));
    expect(names).toEqual([`${canvasId}.a.json`, `${otherCanvasId}.a.json`, "index.a.json", "subjects.a.json"]);
    expect(folder.bytesOf(`${base}/index.a.json`).length).toBe(0);
  });
});

describe("opening", () => {
  it("reads the index and no canvas, however many there are", async () => {
    const folder = new CutFolder();
    const graph = await openGraph({ folder });
    const events = Array.from({ length: 1000 }, (_, index) => {
      const canvas = { id: index.toString(16).padStart(32, "0"), path: `${index}.canvas` };
      return nodeCreated(index + 1, "n", { text: `text ${index}` }, { canvas });
    });
    await graph.apply(events);
    await graph.checkpoint(coveredBy(events));
    folder.reads = 0;
    const again = await openGraph({ folder });
    // Index, subjects and stamps, two files each.
    expect(folder.reads).toBe(6);
    expect(again.canvases().length).toBe(1000);
    expect(again.summary()).toMatchObject({ canvases: 1000, nodes: 1000 });
    expect(again.canvasByPath("999.canvas")).toMatchObject({ nodes: 1 });
  });

  it("does not take a folder that cannot be read for an empty one", async () => {
    const folder = await savedTwice();
    folder.unreadable = "denied";
    await expect(openGraph({ folder })).rejects.toThrow(StorageError);
    folder.unreadable = null;
    expect((await openGraph({ folder })).covered).toEqual(coveredBy(all));
  });
});

describe("a damaged checkpoint", () => {
  it("falls back to the older index and the events after it", async () => {
    const folder = await savedTwice();
    damage(folder, "index.b.json");
    const graph = await openGraph({ folder, journal: all });
    expect(graph.covered).toEqual(coveredBy(first));
    await graph.apply(tailAfter(graph.covered, all));
    await expectWhole(graph, all);
  });

  it.each(["index", "subjects"])("begins empty, with its files removed, when %s is lost", async (name) => {
    const folder = await savedTwice();
    damage(folder, `${name}.a.json`);
    damage(folder, `${name}.b.json`);
    const graph = await openGraph({ folder, journal: all });
    expect([[...graph.covered], graph.canvases(), graph.stamp("a")]).toEqual([[], [], null]);
    expect(folder.paths()).toEqual([]);
    await graph.apply(all);
    await expectWhole(graph, all);
  });

  it("begins empty when the notes are older than the index says", async () => {
    const folder = await savedTwice();
    damage(folder, "subjects.b.json");
    expect([...(await openGraph({ folder })).covered]).toEqual([]);
  });

  it("begins empty when the files of a canvas are gone", async () => {
    const folder = await savedTwice();
    await folder.remove(`${base}/${canvasId}.a.json`);
    await folder.remove(`${base}/${canvasId}.b.json`);
    const graph = await restarted(folder);
    await expectWhole(graph, all);
  });

  it("folds one canvas again from the journal when both its files are damaged", async () => {
    const folder = await savedTwice();
    damage(folder, `${canvasId}.a.json`);
    damage(folder, `${canvasId}.b.json`);
    const warnings: string[] = [];
    const logger = {
      debug: () => undefined,
      error: () => undefined,
      warn: (message: string) => void warnings.push(message),
    };
    const graph = await openGraph({ folder, journal: all, logger });
    expect(graph.covered).toEqual(coveredBy(all));
    await expectWhole(graph, all);
    expect(warnings).toEqual([expect.stringContaining(canvasId)]);
    expect(await graph.checkpoint(graph.covered)).toEqual({ written: 1 });
    await expectWhole(await openGraph({ folder: folder.copy() }), all);
  });

  it("folds one canvas again when only a file older than the index is whole", async () => {
    const folder = await savedTwice();
    damage(folder, `${canvasId}.b.json`);
    const graph = await openGraph({ folder, journal: all });
    expect((await graph.lastGood(canvasId)).nodes).toEqual([{ id: "n", text: "second" }]);
    await expectWhole(graph, all);
  });

  it("passes over the stamps when they are lost", async () => {
    const folder = await savedTwice();
    damage(folder, "stamps.a.json");
    damage(folder, "stamps.b.json");
    const graph = await openGraph({ folder });
    expect(graph.stamp("a")).toBeNull();
    await expectWhole(graph, all);
  });

  it("counts another format as none", async () => {
    const folder = new CutFolder();
    const graph = await openGraph({ folder });
    await graph.apply(first);
    await graph.checkpoint(coveredBy(first));
    const { createAlternatingFile } = await import("../../../src/engine/journal/alternatingFile");
    const { testHasher } = await import("../../fakes/testHasher");
    await createAlternatingFile(folder, `${base}/${canvasId}`, testHasher).write(`{"format":2,"save":9}`);
    await expectWhole(await openGraph({ folder: folder.copy(), journal: first }), first);
    await createAlternatingFile(folder, `${base}/index`, testHasher).write(`{"format":3}`);
    expect([...(await openGraph({ folder: folder.copy() })).covered]).toEqual([]);
  });
});

describe("what is covered", () => {
  it("is what the caller says is applied, gaps included", async () => {
    const folder = await savedTwice();
    const graph = await openGraph({ folder });
    await graph.apply([nodeCreated(9, "o", {})]);
    const told: Covered = new Map([
      ["d1", [[1, 8]]],
      ["d2", [[1, 1], [4, 6]]],
    ]);
    await graph.checkpoint(told);
    expect(graph.covered).toEqual(told);
    expect((await openGraph({ folder })).covered).toEqual(told);
  });

  it("is saved alone when nothing else changed, and not again", async () => {
    const folder = await savedTwice();
    const graph = await openGraph({ folder });
    const told: Covered = new Map([["d1", [[1, 20]]]]);
    expect(await graph.checkpoint(told)).toEqual({ written: 1 });
    expect(await graph.checkpoint(new Map([["d1", [[1, 20]]]]))).toEqual({ written: 0 });
    expect((await openGraph({ folder })).covered).toEqual(told);
  });
});
