import { describe, expect, it } from "vitest";
import type { CanvasEntry } from "../../../src/engine/canvas/document";
import { parseCanvas } from "../../../src/engine/canvas/parseCanvas";
import type { CanvasPatch } from "../../../src/engine/canvas/patch";
import type { CanvasFiles } from "../../../src/engine/canvas/port";
import { CanvasWriter, type CanvasWriterParts } from "../../../src/engine/canvas/writer";
import type { Logger } from "../../../src/engine/kernel/logger";
import { carelessCanvasFiles } from "../../fakes/carelessCanvasFiles";
import { ManualClock } from "../../fakes/manualClock";
import { MemoryCanvasFiles } from "../../fakes/memoryCanvasFiles";

const empty = '{\n\t"nodes":[],\n\t"edges":[]\n}';
const path = "a.canvas";

function adding(id: string): CanvasPatch {
  return [{ kind: "add-node", node: { id, type: "text", text: id, x: 0, y: 0, width: 10, height: 10 } }];
}

function nodesOf(text: string | null): readonly CanvasEntry[] {
  const parsed = parseCanvas(path, text ?? "");
  return parsed.kind === "document" ? parsed.document.nodes : [];
}

function idsIn(text: string | null): readonly string[] {
  return nodesOf(text).map((node) => node.id);
}

interface Log extends Logger {
  readonly lines: string[];
}

function recordingLogger(): Log {
  const lines: string[] = [];
  const say =
    (level: string) =>
    (message: string): void =>
      void lines.push(`${level} ${message}`);
  return { lines, debug: say("debug"), warn: say("warn"), error: say("error") };
}

function setUp(
  files: CanvasFiles,
  more: Partial<CanvasWriterParts> = {},
): { writer: CanvasWriter; clock: ManualClock; log: Log } {
  const clock = new ManualClock();
  const log = recordingLogger();
  return { clock, log, writer: new CanvasWriter({ files, clock, logger: log, ...more }) };
}

function careless(memory: MemoryCanvasFiles, pause: (path: string) => Promise<void>): CanvasFiles {
  return carelessCanvasFiles({ read: async (at) => memory.peek(at), write: async (at, text) => memory.put(at, text) }, pause);
}

describe("many writers", () => {
  it("write 100 canvases at once, none after another", async () => {
    const paths = Array.from({ length: 100 }, (_, index) => `folder/${index}.canvas`);
    const memory = new MemoryCanvasFiles(Object.fromEntries(paths.map((one) => [one, empty])));
    let arrived = 0;
    let open = (): void => undefined;
    const everybodyIsHere = new Promise<void>((resolve) => (open = resolve));
    const barrier = async (): Promise<void> => {
      arrived += 1;
      if (arrived === paths.length) open();
      await everybodyIsHere;
    };
    const { writer } = setUp(careless(memory, barrier));
    await Promise.all(paths.map((one) => writer.mutate(one, adding("n"))));
    expect(paths.filter((one) => idsIn(memory.peek(one)).length !== 1)).toEqual([]);
    expect(writer.locks).toBe(0);
  });

  it.each([
    ["./a.canvas", "a.canvas"],
    ["x//a.canvas", "x/a.canvas"],
    ["x/e\u0301.canvas", "x/\u00e9.canvas"],
    ["A.canvas", "a.canvas"],
  ])("wait for each other under the names %j and %j", async (one, other) => {
    const inside: string[] = [];
    const memory = new MemoryCanvasFiles(
      Object.fromEntries([one, other].map((name) => [name.replace("./", "").replace("//", "/"), empty])),
    );
    const { writer } = setUp(
      careless(memory, async () => {
        inside.push("in");
        await Promise.resolve();
        inside.push("out");
      }),
    );
    const both = [writer.mutate(one, adding("1")), writer.mutate(other, adding("2"))];
    expect(writer.locks).toBe(1);
    await Promise.all(both);
    expect(inside).toEqual(["in", "out", "in", "out"]);
  });

  it("tell names apart by case where they are asked to", async () => {
    const memory = new MemoryCanvasFiles({ "a.canvas": empty, "A.canvas": empty });
    const { writer } = setUp(memory, { caseRule: "respect" });
    const both = [writer.mutate("a.canvas", adding("1")), writer.mutate("A.canvas", adding("2"))];
    expect(writer.locks).toBe(2);
    await Promise.all(both);
  });
});

describe("CanvasWriter", () => {
  it("says what it wrote, with the text before and after", async () => {
    const memory = new MemoryCanvasFiles({ [path]: empty });
    const result = await setUp(memory).writer.mutate("./a.canvas", adding("n"));
    expect(result).toEqual({ kind: "written", path, before: empty, after: memory.peek(path) });
    expect(idsIn(memory.peek(path))).toEqual(["n"]);
  });

  it("writes nothing when nothing changes", async () => {
    const memory = new MemoryCanvasFiles({ [path]: empty });
    expect(await setUp(memory).writer.mutate(path, [{ kind: "remove-node", id: "n" }])).toEqual({
      kind: "unchanged",
      path,
    });
    expect(memory.writes).toEqual([]);
  });

  it("makes no file", async () => {
    const memory = new MemoryCanvasFiles();
    expect(await setUp(memory).writer.mutate("new/a.canvas", adding("n"))).toEqual({
      kind: "missing",
      path: "new/a.canvas",
    });
    expect(memory.paths).toEqual([]);
  });

  it("leaves a file that it cannot read", async () => {
    const memory = new MemoryCanvasFiles({ [path]: "<<<<<<< HEAD\n" });
    expect(await setUp(memory).writer.mutate(path, adding("n"))).toMatchObject({
      kind: "unreadable",
      problem: { path, line: 1 },
    });
    expect(memory.writes).toEqual([]);
  });

  it.each(["../a.canvas", "/a.canvas", "a\\b.canvas", "a\0.canvas", "a.md", "C:/a.canvas", ".obsidian/a.canvas", ""])(
    "refuses the path %j without asking the host",
    async (bad) => {
      const memory = new MemoryCanvasFiles();
      expect(await setUp(memory).writer.mutate(bad, adding("n"))).toMatchObject({ kind: "refused", code: "path" });
      expect(memory.paths).toEqual([]);
    },
  );

  it("passes a refusal of the patch and of the host on", async () => {
    const memory = new MemoryCanvasFiles({ [path]: empty });
    const unknown: CanvasPatch = [{ kind: "set-color", id: "n", color: "1" }];
    expect(await setUp(memory).writer.mutate(path, unknown)).toMatchObject({ kind: "refused", code: "unknown-id" });
    const busy: CanvasFiles = {
      read: () => Promise.resolve(empty),
      process: () => Promise.resolve({ kind: "busy", reason: "it is open" }),
    };
    expect(await setUp(busy).writer.mutate(path, adding("n"))).toEqual({
      kind: "refused",
      code: "busy",
      reason: "it is open",
    });
  });

  it("judges the last text when the host runs the change again", async () => {
    const texts = ["{", empty];
    const retrying: CanvasFiles = {
      read: () => Promise.resolve(empty),
      process: async (_, change) => {
        await Promise.resolve();
        const [first, second] = texts.map((text) => [text, change(text)]);
        return first !== undefined && second !== undefined && second[0] !== second[1]
          ? { kind: "written" }
          : { kind: "unchanged" };
      },
    };
    expect(await setUp(retrying).writer.mutate(path, adding("n"))).toMatchObject({ kind: "written", before: empty });
  });

  it("fills an empty file, but not one that had nodes", async () => {
    const memory = new MemoryCanvasFiles({ "new.canvas": "", "hurt.canvas": "\n" });
    const { writer } = setUp(memory, { hadNodes: (at) => at === "hurt.canvas" });
    expect(await writer.mutate("hurt.canvas", adding("n"))).toEqual({
      kind: "unreadable",
      problem: {
        path: "hurt.canvas",
        line: null,
        column: null,
        reason: "the file is empty although its last good version had nodes",
      },
    });
    expect((await writer.mutate("new.canvas", adding("n"))).kind).toBe("written");
    expect(memory.writes).toEqual(["new.canvas"]);
  });

  it("rejects when the host fails, lets go of the lock and serves the next", async () => {
    const memory = new MemoryCanvasFiles({ [path]: empty });
    let failing = true;
    const files = careless(memory, () =>
      failing ? Promise.reject(new Error("disk full")) : Promise.resolve(),
    );
    const { writer, clock } = setUp(files);
    const failed = writer.mutate(path, adding("1"));
    const next = failed.catch(() => void (failing = false)).then(() => writer.mutate(path, adding("2")));
    await expect(failed).rejects.toThrow("disk full");
    expect((await next).kind).toBe("written");
    expect(idsIn(memory.peek(path))).toEqual(["2"]);
    expect([writer.locks, clock.pending]).toEqual([0, 0]);
  });
});

describe("the watch over the locks", () => {
  it("tells who waits, holds and lets go, and for how long", async () => {
    const memory = new MemoryCanvasFiles({ [path]: empty });
    const { writer, clock, log } = setUp(careless(memory, () => clock.advance(40)));
    await Promise.all([writer.mutate(path, adding("1"), "one"), writer.mutate(path, adding("2"), "two")]);
    // The next holder may begin before the last one's release is told, so only the lines of one owner have an order.
    const by = (owner: string): string[] => log.lines.filter((line) => line.includes(` by ${owner},`));
    expect(by("one")).toEqual([
      "debug lock acquired: a.canvas by one, waitMs 0",
      "debug lock released: a.canvas by one, waitMs 0, holdMs 40",
    ]);
    expect(by("two")).toEqual([
      "debug lock acquired: a.canvas by two, waitMs 40",
      "debug lock released: a.canvas by two, waitMs 40, holdMs 40",
    ]);
  });

  it("warns of who keeps a lock for more than a second, while it is kept and after", async () => {
    const memory = new MemoryCanvasFiles({ [path]: empty });
    const { writer, clock, log } = setUp(careless(memory, () => clock.advance(1500)));
    await writer.mutate(path, adding("1"), "slow task");
    expect(log.lines.filter((line) => line.startsWith("warn"))).toEqual([
      "warn lock still held after 1000 ms: a.canvas by slow task",
      "warn slow lock: a.canvas by slow task, waitMs 0, holdMs 1500",
    ]);
    expect(clock.pending).toBe(0);
  });

  it("does not warn of a hold of one second", async () => {
    const memory = new MemoryCanvasFiles({ [path]: empty });
    const { writer, clock, log } = setUp(careless(memory, () => clock.advance(999)));
    await writer.mutate(path, adding("1"), "task");
    expect(log.lines.filter((line) => line.startsWith("warn"))).toEqual([]);
  });

  it("puts no text of a node into the log", async () => {
    const memory = new MemoryCanvasFiles({ [path]: empty });
    const { writer, log } = setUp(memory);
    await writer.mutate(path, adding("private"));
    expect(log.lines.length).toBeGreaterThan(0);
    expect(log.lines.join()).not.toContain("private");
  });
});
