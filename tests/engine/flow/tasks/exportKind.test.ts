import { describe, expect, it } from "vitest";
import { exportKind } from "../../../../src/engine/flow/tasks/exportKind";
import type { ExportSources } from "../../../../src/engine/flow/tasks/exportSources";
import { localGraphSource } from "../../../../src/engine/flow/tasks/localGraphSource";
import type { EventQuery } from "../../../../src/engine/flow/engine";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../../src/engine/kernel/json";
import { createSignal, neverAborted } from "../../../../src/engine/kernel/signal";
import type { LearningEvent } from "../../../../src/engine/learning/event";
import type { ItemResult } from "../../../../src/engine/tasks/itemResult";
import type { ItemContext, TaskKind } from "../../../../src/engine/tasks/kind";
import { qualityFormula } from "../../../../src/engine/tasks/results/qualityScore";
import type { TaskView } from "../../../../src/engine/tasks/taskView";
import { ManualClock } from "../../../fakes/manualClock";
import { MemoryExportFiles } from "../../../fakes/memoryExportFiles";
import { testHasher } from "../../../fakes/testHasher";
import { openGraph } from "../../graph/graphSetup";
import { canvasCreated, canvasId, edgeCreated, made, nodeCreated, otherCanvasId } from "../../graph/madeEvents";
import { readCsv } from "../../tasks/export/readCsv";
import { cancelled, done, failed, streamed } from "../../tasks/results/madeResults";

const history: readonly LearningEvent[] = [
  canvasCreated(1),
  nodeCreated(2, "n1", { type: "text", text: "=Limits", x: -10, y: 0, width: 1, height: 1, extra: [1] }, { level: "learning", concept: "limits" }),
  nodeCreated(3, "n2", { type: "text", text: "a,\n\"b\"" }),
  nodeCreated(4, "gone", { type: "text" }),
  edgeCreated(5, "e1", "n1", "n2", { label: "leads to" }),
  made({ ms: 6, type: "node_removed", subject: ["node", "gone"] }),
  made({ ms: 7, type: "score_submitted", subject: ["node", "n1"], data: { score: 87.5, concept: "limits" } }),
  made({ ms: 8, type: "mastery_changed", subject: ["note", "Note.md"], data: { oldLevel: null, newLevel: "mastered" } }),
  made({ ms: 9, type: "score_submitted", subject: ["concept", "limits"], data: { score: 50 } }),
  canvasCreated(10, "Old.canvas", otherCanvasId),
  made({ ms: 11, type: "canvas_deleted", subject: ["canvas", otherCanvasId], canvas: { id: otherCanvasId, path: "Old.canvas" } }),
];

const lines: readonly ItemResult[] = [
  failed(0, "busy", "It is busy."),
  done(1, { value: { path: "a" } }),
  done(0, { value: "-1", attempts: 2 }),
  failed(2, "broken", "It is broken."),
  cancelled(3),
];

const view: TaskView = {
  id: "t9",
  kind: "index",
  title: "Index all canvases",
  subject: null,
  status: "failed",
  priority: "NORMAL",
      priorityReason: null,
  counts: { total: 4, waiting: 0, running: 0, done: 2, failed: 1, cancelled: 1 },
  progress: 1,
  eta: null,
  itemsPerSecond: null,
  createdAt: 0,
  startedAt: 0,
  endedAt: 1,
  lastError: "It is broken.",
  waitsFor: null,
  schedule: null,
};

class World {
  readonly clock = new ManualClock(Date.UTC(2030, 0, 1, 12));
  readonly files = new MemoryExportFiles();
  readonly queries: EventQuery[] = [];
  events: AsyncIterable<LearningEvent> = streamed(history);

  async kind(files = this.files): Promise<TaskKind> {
    const graph = await openGraph();
    await graph.apply(history);
    const sources: ExportSources = {
      events: (query) => {
        this.queries.push(query);
        return this.events;
      },
      graph: localGraphSource(graph),
      stats: () => ({ stored: 3 }),
      tasks: { status: (id) => (id === view.id ? view : null), results: () => streamed(lines) },
      isResult: (kind, value) => kind === "index" && isJsonObject(value),
    };
    return exportKind({ clock: this.clock, hasher: testHasher, files, sources });
  }

  /** Runs one item as the first of a task; its result and the text of its file. */
  async export(item: JsonObject, context: Partial<ItemContext> = {}): Promise<{ readonly result: JsonValue; readonly text: string }> {
    const kind = await this.kind();
    expect(kind.check(item)).toBeNull();
    const result = await kind.run(item, { task: "t1", item: 0, attempt: 1, signal: neverAborted, ...context });
    expect(kind.isResult?.(result)).toBe(true);
    const path = isJsonObject(result) ? result["path"] : null;
    return { result, text: (typeof path === "string" ? this.files.texts.get(path) : null) ?? "" };
  }
}

const events = { what: "events", format: "csv", folder: "Exports" };

async function table(item: JsonObject): Promise<readonly JsonObject[]> {
  const { text } = await new World().export(item);
  const [header = [], ...rows] = readCsv(text);
  return rows.map((row) => Object.fromEntries(header.map((name, column): [string, JsonValue] => [name, row[column] ?? ""]).filter(([, cell]) => cell !== "")));
}

describe("the export of events", () => {
  it("is a table with what people count by", async () => {
    const world = new World();
    const { result, text } = await world.export(events);
    const [header, ...rows] = readCsv(text);
    expect(result).toEqual({ path: expect.stringMatching(/^Exports\/events 2030-01-01 [0-9a-f]{10}\.csv$/) as string, bytes: Buffer.byteLength(text), rows: history.length });
    expect(header?.slice(0, 10)).toEqual(["at", "type", "subjectKind", "subjectId", "canvasPath", "concept", "oldLevel", "newLevel", "score", "rating"]);
    expect(rows[6]?.slice(0, 10)).toEqual(["1970-01-01T00:00:00.007Z", "score_submitted", "node", "n1", "Maths.canvas", "limits", "", "", "87.5", ""]);
    expect(rows.map((row) => JSON.parse(row.at(-1) ?? "") as unknown)).toEqual(history.map(({ data }) => data));
    expect(world.queries).toEqual([{}]);
  });

  it("is whole in JSON and in lines", async () => {
    const asLines = await new World().export({ ...events, format: "ndjson" });
    expect(asLines.text.trimEnd().split("\n").map((line) => JSON.parse(line) as unknown)).toEqual(history);
    const { text } = await new World().export({ ...events, format: "json" });
    expect(JSON.parse(text)).toEqual({ format: "canvas-engram events", version: 1, exportedAt: "2030-01-01T12:00:00.000Z", events: history });
  });

  it("asks for what the item says", async () => {
    const world = new World();
    await world.export({ ...events, days: 7, type: "color_changed", canvas: "a.canvas" });
    world.events = streamed(history);
    await world.export({ ...events, since: "2026-01-31" }, { item: 1 });
    expect(world.queries).toEqual([
      { since: Date.UTC(2029, 11, 25, 12), type: "color_changed", canvas: "a.canvas" },
      { since: Date.UTC(2026, 0, 31) },
    ]);
  });
});

describe("the export of the graph", () => {
  const graph = { what: "graph", format: "csv", folder: "" };

  it("has what is live, as tables", async () => {
    expect(await table({ ...graph, table: "canvases" })).toEqual([
      { path: "Maths.canvas", id: canvasId, nodes: "2", edges: "1", levels: expect.stringContaining('"learning":1') as string, changedAt: "1970-01-01T00:00:00.007Z" },
    ]);
    expect(await table({ ...graph, table: "nodes" })).toEqual([
      { canvasPath: "Maths.canvas", canvas: canvasId, id: "n1", type: "text", text: "'=Limits", x: "-10", y: "0", width: "1", height: "1", level: "learning", concept: "limits", score: "87.5" },
      { canvasPath: "Maths.canvas", canvas: canvasId, id: "n2", type: "text", text: 'a,\n"b"' },
    ]);
    expect(await table({ ...graph, table: "edges" })).toEqual([
      { canvasPath: "Maths.canvas", canvas: canvasId, id: "e1", fromNode: "n1", toNode: "n2", label: "leads to" },
    ]);
    expect(await table({ ...graph, table: "notes" })).toEqual([{ path: "Note.md", mastery: "mastered", changedAt: "1970-01-01T00:00:00.008Z" }]);
    expect(await table({ ...graph, table: "concepts" })).toEqual([{ name: "limits", score: "50", changedAt: "1970-01-01T00:00:00.009Z" }]);
  });

  it("is one JSON document with every key of every node", async () => {
    const { result, text } = await new World().export({ ...graph, format: "json" });
    expect(result).toMatchObject({ rows: 6 });
    const document = JSON.parse(text) as Record<string, readonly JsonObject[]>;
    expect(Object.keys(document)).toEqual(["format", "version", "exportedAt", "canvases", "nodes", "edges", "notes", "concepts"]);
    expect(document["nodes"]?.[0]).toMatchObject({ canvas: canvasId, node: { id: "n1", text: "=Limits", extra: [1] }, level: "learning", score: 87.5 });
    expect(document["edges"]?.[0]).toEqual({ canvas: canvasId, canvasPath: "Maths.canvas", edge: { id: "e1", fromNode: "n1", toNode: "n2", label: "leads to" } });
  });

  it("gives one table as lines too", async () => {
    const { text } = await new World().export({ ...graph, format: "ndjson", table: "edges" });
    expect(JSON.parse(text)).toMatchObject({ edge: { id: "e1" } });
  });
});

it("the export of figures has them under the names of other programs", async () => {
  const { result, text } = await new World().export({ what: "stats", format: "json", folder: "" });
  expect(JSON.parse(text)).toMatchObject({ format: "canvas-engram stats", stats: { stored: 3 } });
  expect(result).toMatchObject({ rows: 1, path: expect.stringMatching(/^stats 2030-01-01 /) as string });
});

describe("the export of a task's results", () => {
  const task = { what: "task", format: "json", folder: "Exports", task: "t9" };

  it("has each item's last line, and in JSON what they come to", async () => {
    const { result, text } = await new World().export(task);
    expect(result).toMatchObject({ rows: 4, path: expect.stringMatching(/^Exports\/results /) as string });
    const document = JSON.parse(text) as JsonObject;
    expect(document["results"]).toEqual(lines.slice(1));
    expect(document["summary"]).toMatchObject({ lines: 5, items: 4, done: 2, failed: 1, cancelled: 1, valid: 1 });
    // 0.3 × 3 ÷ 4 + 0.4 × 2 ÷ 3 + 0.1 × 3 ÷ 4 + 0.2 × 1 ÷ 2
    expect(document["quality"]).toEqual({ score: 0.667, formula: qualityFormula });
    expect(document["task"]).toEqual(view);
  });

  it("has them as a table", async () => {
    expect((await table({ ...task, format: "csv" })).map(({ item, status, value, errorCode }) => [item, status, value, errorCode])).toEqual([
      ["1", "done", '{"path":"a"}', undefined],
      ["0", "done", "'-1", undefined],
      ["2", "failed", undefined, "broken"],
      ["3", "cancelled", undefined, undefined],
    ]);
  });

  it("fails for good where there is no such task", async () => {
    await expect(new World().export({ ...task, task: "t0" })).rejects.toMatchObject({ failureClass: "data", code: "unknown-task" });
  });
});

describe("an export that is tried again", () => {
  async function crashed(at: "unfinished" | "finished"): Promise<World> {
    const world = new World();
    const kind = await world.kind();
    world.files.crash = at;
    void kind.run(events, { task: "t1", item: 0, attempt: 1, signal: neverAborted });
    await world.clock.flush();
    expect([...world.files.texts.keys()].map((path) => path.replace(/[0-9a-f]{10}/, "key"))).toEqual([
      at === "finished" ? "Exports/events 2030-01-01 key.csv" : "Exports/export key.part",
    ]);
    world.files.crash = null;
    world.events = streamed(history);
    return world;
  }

  it("replaces the half of a file that a crash left", async () => {
    const world = await crashed("unfinished");
    const { result, text } = await world.export(events, { attempt: 2 });
    expect(result).toMatchObject({ rows: history.length });
    expect(readCsv(text)).toHaveLength(history.length + 1);
    expect(world.files.texts.size).toBe(1);
  });

  it("keeps the file that was whole before the crash, also on another day", async () => {
    const world = await crashed("finished");
    const [[path, before] = ["", ""]] = world.files.texts;
    await world.clock.advance(86_400_000);
    const { result, text } = await world.export(events, { attempt: 2 });
    expect([result, text]).toEqual([{ path, bytes: Buffer.byteLength(before), rows: null }, before]);
    expect(world.files.texts.size).toBe(1);
  });

  it("is one file for each item and each task", async () => {
    const world = new World();
    for (const context of [{ item: 0 }, { item: 1 }, { task: "t2" }]) await world.export({ what: "stats", format: "json", folder: "" }, context);
    expect(world.files.texts.size).toBe(3);
  });
});

describe("an export that fails", () => {
  it("is tried again where the host cannot keep it", async () => {
    const world = new World();
    world.files.fault = "full";
    await expect(world.export(events)).rejects.toMatchObject({ failureClass: "unavailable", code: "storage-full" });
  });

  it("ends soon after its task was cancelled, and leaves no file", async () => {
    const world = new World();
    const source = createSignal();
    let given = 0;
    async function* endless(): AsyncGenerator<LearningEvent> {
      for (;;) {
        if ((given += 1) === 50) source.abort();
        yield await Promise.resolve(nodeCreated(given, "n", {}));
      }
    }
    world.events = endless();
    await expect(world.export(events, { signal: source.signal })).rejects.toMatchObject({ code: "stopped" });
    expect([world.files.texts.size, given]).toEqual([0, 50]);
  });

  it("fails for good when its item is none", async () => {
    const kind = await new World().kind();
    await expect(kind.run({ what: "all" }, { task: "t1", item: 0, attempt: 1, signal: neverAborted })).rejects.toMatchObject({ failureClass: "data" });
  });

  it("says which results are its own", async () => {
    const kind = await new World().kind();
    const shapes: readonly JsonValue[] = [{ path: "a", bytes: 1, rows: null }, { path: "", bytes: 1, rows: 1 }, { path: "a", bytes: -1, rows: 1 }, { path: "a", bytes: 1 }, null];
    expect(shapes.map((value) => kind.isResult?.(value))).toEqual([true, false, false, false, false]);
  });
});
