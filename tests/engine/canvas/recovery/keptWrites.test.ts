import { describe, expect, it } from "vitest";
import { decodeKeptWrite, encodeKeptWrite, sumOf, type KeptWrite } from "../../../../src/engine/canvas/recovery/keptWrite";
import { keptLimits } from "../../../../src/engine/canvas/recovery/keptFiles";
import { KeptWrites } from "../../../../src/engine/canvas/recovery/keptWrites";
import type { Logger } from "../../../../src/engine/kernel/logger";
import { ManualClock } from "../../../fakes/manualClock";
import { MemoryDataFolder } from "../../../fakes/memoryDataFolder";
import { testHasher } from "../../../fakes/testHasher";

function write(before: string, more: Partial<KeptWrite> = {}): KeptWrite {
  return { path: "a.canvas", at: 5, owner: "task", before, after: sumOf("after", testHasher), diff: { nodes: [], edges: [] }, ...more };
}

interface Setup {
  readonly kept: KeptWrites;
  readonly folder: MemoryDataFolder;
  readonly clock: ManualClock;
  readonly warnings: string[];
  open: boolean;
}

function setUp(folder = new MemoryDataFolder(), namesOf = (path: string): readonly string[] => [path.replace(".canvas", "")], limits = keptLimits): Setup {
  const clock = new ManualClock();
  const warnings: string[] = [];
  const logger: Logger = { debug: () => undefined, warn: (line) => void warnings.push(line), error: () => undefined };
  const requireOpen = (): void => {
    if (!setup.open) throw new Error("over");
  };
  const kept = new KeptWrites({ folder, base: "recovery", clock, hasher: testHasher, logger, namesOf, requireOpen, limits });
  const setup: Setup = { kept, folder, clock, warnings, open: true };
  return setup;
}

describe("a kept write", () => {
  const whole = write('\uFEFF{\r\n"ä😀"}\n\n', {
    diff: {
      nodes: [
        { kind: "added", id: "n", after: { id: "n" } },
        { kind: "changed", id: "m", before: { id: "m", x: 1 }, after: { id: "m", x: 2 }, keys: ["x"] },
      ],
      edges: [{ kind: "removed", id: "e", before: { id: "e" } }],
    },
  });

  it("is read as it was written, the old text as it was", () => {
    const text = encodeKeptWrite(whole, testHasher);
    expect(decodeKeptWrite(text, testHasher)).toEqual(whole);
    expect(text.slice(text.indexOf("\n") + 1)).toBe(whole.before);
  });

  it("is none when it is cut anywhere, or is something else", () => {
    const text = encodeKeptWrite(whole, testHasher);
    for (let end = 0; end < text.length; end += 1) expect(decodeKeptWrite(text.slice(0, end), testHasher)).toBeNull();
    for (const other of ["", "\n", "{}\n", "null\nx", '{"v":2}\n', text.replace('"v":1', '"v":2')]) expect(decodeKeptWrite(other, testHasher)).toBeNull();
  });
});

describe("the writes kept of a canvas", () => {
  it("are found again, the newest first, also by who opens the folder later", async () => {
    const { kept, folder } = setUp();
    await kept.keep(write("1"), null);
    await kept.keep(write("2", { owner: "other" }), null);
    await kept.keep(write("3"), null);
    for (const one of [kept, setUp(folder).kept]) {
      expect((await one.last("a.canvas"))?.write.before).toBe("3");
      expect((await one.byOwner("a.canvas", "task")).map((found) => found.write.before)).toEqual(["3", "1"]);
      expect(await one.last("b.canvas")).toBeNull();
    }
    expect(folder.paths()).toEqual(["recovery/a/00000005.txt", "recovery/a/00000006.txt", "recovery/a/00000007.txt"]);
  });

  it("stay after those of a name that it had before", async () => {
    let known = false;
    const { kept } = setUp(new MemoryDataFolder(), () => (known ? ["id", "path"] : ["path"]));
    await kept.keep(write("1"), null);
    known = true;
    expect((await kept.last("a.canvas"))?.write.before).toBe("1");
    await kept.keep(write("2"), null);
    expect((await kept.byOwner("a.canvas", "task")).map(({ write: { before } }) => before)).toEqual(["2", "1"]);
  });

  it("are at most 50, the newest ones", async () => {
    const { kept, folder } = setUp();
    for (let round = 1; round <= 60; round += 1) await kept.keep(write(String(round)), null);
    expect(folder.paths()).toHaveLength(50);
    expect((await kept.byOwner("a.canvas", "task")).map((one) => one.write.before)).toEqual(Array.from({ length: 50 }, (_, index) => String(60 - index)));
  });

  it("are at most 8 MB, but always one", async () => {
    const { kept, folder } = setUp();
    const big = "x".repeat(3 * 1024 * 1024);
    for (let round = 0; round < 5; round += 1) await kept.keep(write(big), null);
    expect(folder.paths()).toHaveLength(2);
    await kept.keep(write("x".repeat(9 * 1024 * 1024)), null);
    expect(folder.paths()).toEqual(["recovery/a/00000010.txt"]);
  });

  it("of all canvases together are bounded too, and those that were written first go first", async () => {
    const folder = new MemoryDataFolder();
    const few = { ...keptLimits, allWrites: 4 };
    const { kept } = setUp(folder, undefined, few);
    for (const [path, at] of [["a.canvas", 10], ["b.canvas", 20], ["a.canvas", 30], ["c.canvas", 40], ["b.canvas", 50]] as const) {
      await kept.keep(write("old", { path, at }), null);
    }
    expect([...folder.paths()].sort()).toEqual(["a/00000030", "b/00000020", "b/00000050", "c/00000040"].map((name) => `recovery/${name}.txt`));
    await setUp(folder, undefined, { ...few, allWrites: 2 }).kept.keep(write("old", { path: "d.canvas", at: 60 }), null);
    expect([...folder.paths()].sort()).toEqual(["recovery/b/00000050.txt", "recovery/d/00000060.txt"]);
  });

  it("of all canvases together have a limit in bytes, and the one just written stays", async () => {
    const { kept, folder } = setUp(new MemoryDataFolder(), undefined, { ...keptLimits, allBytes: 1_000 });
    await kept.keep(write("x".repeat(600), { path: "a.canvas", at: 1 }), null);
    await kept.keep(write("x".repeat(600), { path: "b.canvas", at: 2 }), null);
    expect(folder.paths()).toEqual(["recovery/b/00000002.txt"]);
    await kept.keep(write("x".repeat(2_000), { path: "c.canvas", at: 3 }), null);
    expect(folder.paths()).toEqual(["recovery/c/00000003.txt"]);
  });

  it("take the place of a try that came to nothing", async () => {
    const { kept, folder } = setUp();
    const place = await kept.keep(write("first"), null);
    await kept.keep(write("second"), place);
    expect(folder.paths()).toHaveLength(1);
    expect((await kept.last("a.canvas"))?.write.before).toBe("second");
    await kept.discard(place);
    expect(folder.paths()).toEqual([]);
  });

  it("fail to be kept with the reason of the folder, and the next one is kept again", async () => {
    const { kept, folder } = setUp();
    folder.refusing = "full";
    await expect(kept.keep(write("1"), null)).rejects.toMatchObject({ name: "KeepFailed", message: expect.stringContaining("full") as string });
    folder.refusing = null;
    await kept.keep(write("2"), null);
    expect((await kept.last("a.canvas"))?.write.before).toBe("2");
  });

  it("fail to be kept when the folder does not answer, and hold nobody for ever", async () => {
    const { kept, folder, clock } = setUp();
    folder.hold();
    const keeping = kept.keep(write("1"), null);
    const failed = expect(keeping).rejects.toMatchObject({ name: "KeepFailed", message: "it took longer than 10 s" });
    await clock.advance(10_000);
    await failed;
    expect(clock.pending).toBe(0);
    folder.release();
  });

  it("are not kept when the end came before, or while they were kept", async () => {
    const setup = setUp();
    setup.folder.hold();
    const keeping = setup.kept.keep(write("1"), null);
    const failed = expect(keeping).rejects.toThrow("over");
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    setup.open = false;
    setup.folder.release();
    await failed;
    await expect(setup.kept.keep(write("2"), null)).rejects.toThrow("over");
    expect(setup.folder.textOf("recovery/a/00000006.txt")).toBe("");
  });

  it("are passed over when they are damaged, with a warning", async () => {
    const { kept, folder, warnings } = setUp();
    await kept.keep(write("1"), null);
    await kept.keep(write("2"), null);
    folder.put("recovery/a/00000006.txt", folder.textOf("recovery/a/00000006.txt").slice(0, -1));
    expect((await kept.last("a.canvas"))?.write.before).toBe("1");
    expect(warnings).toEqual(["A kept text of a canvas is damaged and is passed over: recovery/a/00000006.txt"]);
  });

  it("leave other files of the folder alone", async () => {
    const { kept, folder } = setUp();
    folder.put("recovery/a/note.md", "mine");
    for (let round = 1; round <= 60; round += 1) await kept.keep(write(String(round)), null);
    expect(folder.textOf("recovery/a/note.md")).toBe("mine");
  });
});
