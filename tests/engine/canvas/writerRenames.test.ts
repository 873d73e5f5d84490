import { describe, expect, it } from "vitest";
import type { CanvasPatch } from "../../../src/engine/canvas/patch";
import type { CanvasFiles, KeepOld, ProcessOutcome } from "../../../src/engine/canvas/port";
import { CanvasWriter } from "../../../src/engine/canvas/writer";
import { silentLogger } from "../../../src/engine/index";
import { ManualClock } from "../../fakes/manualClock";
import { MemoryCanvasFiles } from "../../fakes/memoryCanvasFiles";

const empty = '{\n\t"nodes":[],\n\t"edges":[]\n}';

function adding(id: string): CanvasPatch {
  return [{ kind: "add-node", node: { id, type: "text", text: id, x: 0, y: 0, width: 10, height: 10 } }];
}

function idsIn(text: string | null): readonly string[] {
  return (JSON.parse(text ?? "{}") as { nodes: { id: string }[] }).nodes.map(({ id }) => id);
}

/** Holds every write back until the test lets it go. */
class HeldFiles implements CanvasFiles {
  readonly inside: string[] = [];
  private readonly waiting: (() => void)[] = [];

  constructor(readonly inner: MemoryCanvasFiles) {}

  read(path: string): Promise<string | null> {
    return this.inner.read(path);
  }

  async process(path: string, change: (text: string) => string, keep?: KeepOld): Promise<ProcessOutcome> {
    this.inside.push(path);
    await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.inner.process(path, change, keep);
  }

  /** Lets the oldest go, and whatever that makes run. */
  async next(): Promise<void> {
    await settled();
    this.waiting.shift()?.();
    await settled();
  }
}

/** Lets everything run that waits for nothing but its turn. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

function setUp(texts: Readonly<Record<string, string>>): { memory: MemoryCanvasFiles; files: HeldFiles; writer: CanvasWriter } {
  const memory = new MemoryCanvasFiles(texts);
  const files = new HeldFiles(memory);
  return { memory, files, writer: new CanvasWriter({ files, clock: new ManualClock(), logger: silentLogger }) };
}

describe("a canvas that is renamed while writes wait for it", () => {
  it("is followed by those that wait, in their order and one at a time with those of the new name", async () => {
    const { files, memory, writer } = setUp({ "a.canvas": empty });
    const first = writer.mutate("a.canvas", adding("1"));
    const second = writer.mutate("a.canvas", adding("2"));
    await files.next();
    expect((await first).kind).toBe("written");
    memory.move("a.canvas", "b.canvas");
    writer.renamed("a.canvas", "b.canvas");
    const third = writer.mutate("b.canvas", adding("3"));
    expect(writer.locks).toBe(1);
    for (let turn = 0; turn < 3; turn += 1) await files.next();
    expect(await Promise.all([second, third])).toMatchObject([{ kind: "written", path: "b.canvas" }, { kind: "written" }]);
    expect(idsIn(memory.peek("b.canvas"))).toEqual(["1", "2", "3"]);
    expect([memory.paths, writer.locks]).toEqual([["b.canvas"], 0]);
  });

  it("is followed by a write that had begun under the old name", async () => {
    const { files, memory, writer } = setUp({ "a.canvas": empty });
    const writing = writer.mutate("a.canvas", adding("1"));
    await settled();
    memory.move("a.canvas", "x/b.canvas");
    writer.renamed("a.canvas", "x/b.canvas");
    await files.next();
    await files.next();
    expect(await writing).toMatchObject({ kind: "written", path: "x/b.canvas" });
    expect([memory.paths, files.inside, writer.locks]).toEqual([["x/b.canvas"], ["a.canvas", "x/b.canvas"], 0]);
  });

  it("is found by who still knows its old names, through several renames", async () => {
    const { files, memory, writer } = setUp({ "c.canvas": empty });
    writer.renamed("a.canvas", "b.canvas");
    writer.renamed("b.canvas", "c.canvas");
    const writing = writer.mutate("a.canvas", adding("1"));
    for (let turn = 0; turn < 3; turn += 1) await files.next();
    expect(await writing).toMatchObject({ kind: "written", path: "c.canvas" });
    expect(idsIn(memory.peek("c.canvas"))).toEqual(["1"]);
  });

  it("is not taken for another one that has its old name", async () => {
    const { files, memory, writer } = setUp({ "a.canvas": empty, "b.canvas": empty });
    writer.renamed("a.canvas", "b.canvas");
    const writing = writer.mutate("a.canvas", adding("1"));
    await files.next();
    await writing;
    expect([idsIn(memory.peek("a.canvas")), idsIn(memory.peek("b.canvas"))]).toEqual([["1"], []]);
  });

  it("waits for one lock when two names become one", async () => {
    const { files, memory, writer } = setUp({ "a.canvas": empty, "b.canvas": empty });
    const all = [writer.mutate("a.canvas", adding("1")), writer.mutate("a.canvas", adding("2")), writer.mutate("b.canvas", adding("3")), writer.mutate("b.canvas", adding("4"))];
    expect(writer.locks).toBe(2);
    memory.move("b.canvas", null);
    memory.move("a.canvas", "b.canvas");
    writer.renamed("a.canvas", "b.canvas");
    for (let turn = 0; turn < 8; turn += 1) await files.next();
    expect((await Promise.all(all)).map(({ kind }) => kind)).toEqual(["written", "written", "written", "written"]);
    expect([...idsIn(memory.peek("b.canvas"))].sort()).toEqual(["1", "2", "3", "4"]);
    expect(writer.locks).toBe(0);
  });

  it("is missing when it was deleted, or when names that changed in a circle lead nowhere", async () => {
    const { files, memory, writer } = setUp({ "a.canvas": empty });
    const waiting = [writer.mutate("a.canvas", adding("1")), writer.mutate("a.canvas", adding("2"))];
    memory.move("a.canvas", null);
    await files.next();
    await files.next();
    expect(await Promise.all(waiting)).toEqual([{ kind: "missing", path: "a.canvas" }, { kind: "missing", path: "a.canvas" }]);
    writer.renamed("a.canvas", "b.canvas");
    writer.renamed("b.canvas", "a.canvas");
    const lost = writer.mutate("b.canvas", adding("3"));
    for (let turn = 0; turn < 12; turn += 1) await files.next();
    expect(await lost).toMatchObject({ kind: "missing" });
    expect([memory.paths, writer.locks]).toEqual([[], 0]);
  });
});
