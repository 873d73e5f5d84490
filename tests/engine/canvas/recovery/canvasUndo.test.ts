import { describe, expect, it } from "vitest";
import type { CanvasPatch } from "../../../../src/engine/canvas/patch";
import { CanvasUndo } from "../../../../src/engine/canvas/recovery/canvasUndo";
import { KeptWrites } from "../../../../src/engine/canvas/recovery/keptWrites";
import { writeRecord } from "../../../../src/engine/canvas/recovery/writeRecord";
import { CanvasWriter } from "../../../../src/engine/canvas/writer";
import { silentLogger } from "../../../../src/engine/index";
import { ManualClock } from "../../../fakes/manualClock";
import { MemoryCanvasFiles } from "../../../fakes/memoryCanvasFiles";
import { MemoryDataFolder } from "../../../fakes/memoryDataFolder";
import { testHasher } from "../../../fakes/testHasher";

const path = "a.canvas";
const start = '{ "nodes": [\n  {"id":"a","type":"text","text":"a","x":1.0,"y":0,"width":10,"height":10}\n] }\n';

function adding(id: string): CanvasPatch {
  return [{ kind: "add-node", node: { id, type: "text", text: id, x: 0, y: 0, width: 10, height: 10 } }];
}

function colouring(id: string, color: string): CanvasPatch {
  return [{ kind: "set-color", id, color }];
}

interface World {
  readonly memory: MemoryCanvasFiles;
  readonly folder: MemoryDataFolder;
  readonly writer: CanvasWriter;
  readonly undo: CanvasUndo;
  readonly clock: ManualClock;
}

function world(folder = new MemoryDataFolder(), memory = new MemoryCanvasFiles({ [path]: start })): World {
  const clock = new ManualClock();
  const parts = { clock, hasher: testHasher, logger: silentLogger };
  const kept = new KeptWrites({ ...parts, folder, base: "recovery", namesOf: (at) => [at], requireOpen: () => undefined });
  const writer = new CanvasWriter({ ...parts, files: memory, record: () => writeRecord({ ...parts, kept }) });
  return { memory, folder, writer, undo: new CanvasUndo({ writer, kept, hasher: testHasher }), clock };
}

/** Changes the file beside the writer, as its user does. */
function edit(memory: MemoryCanvasFiles, change: (data: { nodes: Record<string, unknown>[] }) => void): void {
  const data = JSON.parse(memory.peek(path) ?? "") as { nodes: Record<string, unknown>[] };
  change(data);
  memory.put(path, JSON.stringify(data));
}

function nodes(memory: MemoryCanvasFiles): readonly Record<string, unknown>[] {
  return (JSON.parse(memory.peek(path) ?? "") as { nodes: Record<string, unknown>[] }).nodes;
}

describe("restoring a canvas before the last change", () => {
  it("gives the very bytes back, and takes that back in turn", async () => {
    const { memory, undo, writer } = world();
    await writer.mutate(path, adding("n"), "task");
    const written = memory.peek(path);
    expect(await undo.lastWrite(path)).toMatchObject({ owner: "task", path });
    expect(await undo.undoLast(path)).toEqual({ kind: "undone", path, writes: 1, kept: [] });
    expect(memory.peek(path)).toBe(start);
    expect(await undo.lastWrite(path)).toMatchObject({ owner: "undo of task" });
    expect(await undo.undoLast(path)).toMatchObject({ kind: "undone" });
    expect(memory.peek(path)).toBe(written);
  });

  it("gives the very bytes back after a removal, also the place of what was removed", async () => {
    const { memory, undo, writer } = world();
    await writer.mutate(path, adding("n"));
    const before = memory.peek(path);
    await writer.mutate(path, [{ kind: "remove-node", id: "a" }]);
    await undo.undoLast(path);
    expect(memory.peek(path)).toBe(before);
  });

  it("leaves what the user changed since and says so", async () => {
    const { memory, undo, writer } = world();
    await writer.mutate(path, [...adding("n"), ...adding("m"), ...colouring("a", "4")]);
    edit(memory, ({ nodes: list }) => {
      list.push({ id: "mine", type: "text", text: "mine", x: 0, y: 0, width: 1, height: 1 });
      for (const node of list) if (node.id === "n") node.text = "mine";
    });
    expect(await undo.undoLast(path)).toEqual({ kind: "undone", path, writes: 1, kept: ["n"] });
    expect(nodes(memory).map(({ id, text, color }) => [id, text, color])).toEqual([["a", "a", undefined], ["n", "mine", undefined], ["mine", "mine", undefined]]);
  });

  it("takes everything back that one task wrote, newest first, and nothing of others", async () => {
    const { memory, undo, writer } = world();
    await writer.mutate(path, colouring("a", "1"), "task 1");
    await writer.mutate(path, adding("other"), "task 2");
    await writer.mutate(path, colouring("a", "2"), "task 1");
    await writer.mutate(path, adding("n"), "task 1");
    expect(await undo.undoAll(path, "task 1")).toEqual({ kind: "undone", path, writes: 3, kept: [] });
    expect(nodes(memory).map(({ id, color }) => [id, color])).toEqual([["a", undefined], ["other", undefined]]);
    expect(await undo.undoLast(path)).toMatchObject({ kind: "undone" });
    expect(nodes(memory).map(({ id, color }) => [id, color])).toEqual([["a", "2"], ["other", undefined], ["n", undefined]]);
  });

  it("gives the very bytes back when a task alone wrote", async () => {
    const { memory, undo, writer } = world();
    for (const patch of [adding("1"), colouring("a", "3"), adding("2")]) await writer.mutate(path, patch, "task");
    await undo.undoAll(path, "task");
    expect(memory.peek(path)).toBe(start);
  });

  it("works after a restart", async () => {
    const { folder, memory, writer } = world();
    await writer.mutate(path, adding("n"));
    expect(await world(folder, memory).undo.undoLast(path)).toMatchObject({ kind: "undone" });
    expect(memory.peek(path)).toBe(start);
  });

  it("has nothing to do where nothing was written, and changes nothing where nothing is left", async () => {
    const { memory, undo, writer } = world();
    expect(await undo.undoLast(path)).toEqual({ kind: "nothing" });
    await writer.mutate(path, [{ kind: "remove-node", id: "x" }]);
    expect(await undo.undoLast(path)).toEqual({ kind: "nothing" });
    await writer.mutate(path, colouring("a", "1"));
    await writer.mutate(path, adding("n"));
    edit(memory, (data) => void (data.nodes = data.nodes.filter(({ id }) => id !== "n")));
    expect(await undo.undoLast(path)).toEqual({ kind: "unchanged", path, kept: [] });
    expect(await undo.undoLast(path)).toMatchObject({ kind: "undone" });
    expect(nodes(memory).map(({ id, color }) => [id, color])).toEqual([["a", undefined]]);
  });

  it("leaves a file that is gone or cannot be read", async () => {
    const { memory, undo, writer } = world();
    await writer.mutate(path, adding("n"));
    memory.put(path, "<<<<<<< HEAD");
    expect(await undo.undoLast(path)).toMatchObject({ kind: "unreadable" });
    expect(memory.peek(path)).toBe("<<<<<<< HEAD");
    memory.move(path, null);
    expect(await undo.undoLast(path)).toEqual({ kind: "missing", path });
    expect(memory.paths).toEqual([]);
    expect(await undo.undoLast("../a.canvas")).toMatchObject({ kind: "refused", code: "path" });
  });
});

describe("a write whose old text cannot be kept", () => {
  it("is refused with the reason, and nothing is written", async () => {
    const { folder, memory, writer } = world();
    folder.refusing = "full";
    expect(await writer.mutate(path, adding("n"))).toMatchObject({
      kind: "refused",
      code: "unkept",
      reason: expect.stringContaining("the old version could not be kept, so nothing was written: ") as string,
    });
    expect([memory.peek(path), memory.writes, writer.locks]).toEqual([start, [], 0]);
    folder.refusing = null;
    expect((await writer.mutate(path, adding("n"))).kind).toBe("written");
  });

  it("keeps one text for one write, also when the file changes meanwhile", async () => {
    const { folder, memory, undo, writer } = world();
    folder.hold();
    const writing = writer.mutate(path, adding("n"));
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    edit(memory, ({ nodes: list }) => list.push({ id: "mine", type: "text", text: "mine", x: 0, y: 0, width: 1, height: 1 }));
    const edited = memory.peek(path);
    folder.release();
    expect((await writing).kind).toBe("written");
    expect(folder.paths()).toHaveLength(1);
    await undo.undoLast(path);
    expect(memory.peek(path)).toBe(edited);
  });
});
