import { beforeEach, describe, expect, it } from "vitest";
import { CanvasApi } from "../../../src/engine/canvas/canvasApi";
import { CanvasWriter } from "../../../src/engine/canvas/writer";
import { silentLogger } from "../../../src/engine/kernel/logger";
import { ManualClock } from "../../fakes/manualClock";
import { MemoryCanvasFiles } from "../../fakes/memoryCanvasFiles";
import { seededRandom } from "../../fakes/seededRandom";

const frame = { x: 0, y: 0, width: 10, height: 10 };
let files: MemoryCanvasFiles;
let api: CanvasApi;

beforeEach(() => {
  files = new MemoryCanvasFiles({ "a.canvas": "", "bad.canvas": "[" });
  const writer = new CanvasWriter({ files, clock: new ManualClock(), logger: silentLogger });
  api = new CanvasApi({ mutate: (...given) => writer.mutate(...given), read: (path) => files.read(path), random: seededRandom() });
});

describe("CanvasApi", () => {
  it("adds nodes and edges with new ids of 16 hex digits", async () => {
    const one = await api.addNode("a.canvas", { type: "text", text: "one", color: "1", ...frame });
    const two = await api.addNode("a.canvas", { type: "file", file: "b.md", ...frame });
    const line = await api.addEdge("a.canvas", { fromNode: one.id, toNode: two.id, toSide: "left" });
    expect(new Set([one.id, two.id, line.id]).size).toBe(3);
    for (const { id, result } of [one, two, line]) {
      expect(id).toMatch(/^[0-9a-f]{16}$/);
      expect(result.kind).toBe("written");
    }
    expect(files.peek("a.canvas")).toBe(
      `{\n\t"nodes":[\n` +
        `\t\t{"id":"${one.id}","type":"text","text":"one","color":"1","x":0,"y":0,"width":10,"height":10},\n` +
        `\t\t{"id":"${two.id}","type":"file","file":"b.md","x":0,"y":0,"width":10,"height":10}\n\t],\n` +
        `\t"edges":[\n\t\t{"id":"${line.id}","fromNode":"${one.id}","toNode":"${two.id}","toSide":"left"}\n\t]\n}`,
    );
  });

  it("takes a given id, and adds it once however often it is asked", async () => {
    const node = { id: "n", type: "group", label: "x", ...frame } as const;
    const results = await Promise.all(Array.from({ length: 10 }, () => api.addNode("a.canvas", node)));
    expect(results.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, () => "n"));
    expect(results.map(({ result }) => result.kind)).toEqual([
      "written",
      ...Array.from({ length: 9 }, () => "unchanged"),
    ]);
  });

  it("updates and deletes", async () => {
    await api.addNode("a.canvas", { id: "n", type: "text", text: "", ...frame });
    await api.addNode("a.canvas", { id: "m", type: "link", url: "https://example.org", ...frame });
    await api.addEdge("a.canvas", { id: "e", fromNode: "n", toNode: "m" });
    await api.addEdge("a.canvas", { id: "f", fromNode: "m", toNode: "m" });
    expect(await api.updateNode("a.canvas", "n", { color: "4", text: null })).toMatchObject({ kind: "written" });
    expect(await api.findNode("a.canvas", "n")).toEqual({
      kind: "found",
      value: { id: "n", type: "text", color: "4", ...frame },
    });
    expect(await api.deleteNode("a.canvas", "n")).toMatchObject({ kind: "written" });
    expect(await api.findNode("a.canvas", "n")).toEqual({ kind: "found", value: null });
    expect(await api.findEdges("a.canvas", {})).toMatchObject({ value: [{ id: "f" }] });
    expect(await api.deleteEdge("a.canvas", "f")).toMatchObject({ kind: "written" });
    expect(await api.deleteEdge("a.canvas", "f")).toEqual({ kind: "unchanged", path: "a.canvas" });
  });

  it("finds nodes by colour and edges by their ends", async () => {
    for (const [id, color] of [
      ["a", "1"],
      ["b", "#112233"],
      ["c", "1"],
    ] as const) {
      await api.addNode("a.canvas", { id, type: "text", text: "", color, ...frame });
    }
    await api.addNode("a.canvas", { id: "plain", type: "text", text: "", ...frame });
    await api.addEdge("a.canvas", { id: "ab", fromNode: "a", toNode: "b" });
    await api.addEdge("a.canvas", { id: "ba", fromNode: "b", toNode: "a" });
    await api.addEdge("a.canvas", { id: "bc", fromNode: "b", toNode: "c" });
    const ids = (found: Awaited<ReturnType<typeof api.findEdges>>): unknown =>
      found.kind === "found" && found.value.map(({ id }) => id);
    expect(ids(await api.nodesByColor("a.canvas", "1"))).toEqual(["a", "c"]);
    expect(ids(await api.nodesByColor("a.canvas", "#112233"))).toEqual(["b"]);
    expect(ids(await api.nodesByColor("a.canvas", null))).toEqual(["plain"]);
    expect(ids(await api.findEdges("a.canvas", { fromNode: "b" }))).toEqual(["ba", "bc"]);
    expect(ids(await api.findEdges("a.canvas", { toNode: "a" }))).toEqual(["ba"]);
    expect(ids(await api.findEdges("a.canvas", { node: "a" }))).toEqual(["ab", "ba"]);
    expect(ids(await api.findEdges("a.canvas", { node: "a", fromNode: "b" }))).toEqual(["ba"]);
  });

  it("says why it cannot look into a canvas", async () => {
    expect(await api.findNode("none.canvas", "n")).toEqual({ kind: "missing" });
    expect(await api.nodesByColor("bad.canvas", "1")).toMatchObject({
      kind: "unreadable",
      problem: { path: "bad.canvas" },
    });
    expect(await api.findEdges("../a.canvas", {})).toMatchObject({ kind: "refused", code: "path" });
    expect(await api.findNode("a.canvas", "n")).toEqual({ kind: "found", value: null });
  });
});
