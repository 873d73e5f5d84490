import { describe, expect, it } from "vitest";
import { indexKind } from "../../../../src/engine/flow/tasks/indexKind";
import type { Look } from "../../../../src/engine/flow/capture/look";
import { createSignal, StorageError } from "../../../../src/engine/index";
import { MemoryVaultFiles } from "../../../fakes/memoryVaultFiles";
import { firstRun } from "./itemContext";

const unchanged: Look = { kind: "unchanged" };

function setUp(look: (path: string) => Promise<Look> = async () => unchanged): { vault: MemoryVaultFiles; kind: ReturnType<typeof indexKind>; looked: string[]; consent: { given: boolean } } {
  const vault = new MemoryVaultFiles();
  const looked: string[] = [];
  const consent = { given: true };
  const kind = indexKind({
    files: vault,
    mayCapture: () => consent.given,
    look: (path) => {
      looked.push(path);
      return look(path);
    },
    problemsOf: (path) => (path === "torn.canvas" ? [{ path, line: 3, column: 7, reason: "a comma is missing" }] : []),
  });
  return { vault, kind, looked, consent };
}

describe("the kind index", () => {
  it("says which canvas it looked at and how many events came of it", async () => {
    const { kind, looked } = setUp();
    expect(await kind.run({ canvas: "./x//a.canvas" }, firstRun)).toEqual({ canvas: "x/a.canvas", events: 0 });
    expect(looked).toEqual(["x/a.canvas"]);
  });

  it("fails for a damaged file with the place and the reason, and is not to be tried again", async () => {
    const { kind } = setUp(async () => ({ kind: "unreadable" }));
    await expect(kind.run({ canvas: "torn.canvas" }, firstRun)).rejects.toMatchObject({
      failureClass: "data",
      code: "unreadable",
      message: "torn.canvas, line 3, column 7: a comma is missing.",
    });
  });

  it("fails for a file that is not there", async () => {
    const { kind } = setUp(async () => ({ kind: "missing" }));
    await expect(kind.run({ canvas: "gone.canvas" }, firstRun)).rejects.toMatchObject({ failureClass: "data", code: "missing", message: "There is no file gone.canvas." });
  });

  it("does not read what the user keeps out", async () => {
    const { kind, looked, vault } = setUp();
    vault.keptOut = "private";
    await expect(kind.run({ canvas: "private/a.canvas" }, firstRun)).rejects.toMatchObject({ failureClass: "data", code: "kept-out" });
    expect(looked).toEqual([]);
  });

  it("reads nothing while the user does not want it, and is tried again", async () => {
    const { consent, kind, looked } = setUp();
    consent.given = false;
    await expect(kind.run({ canvas: "a.canvas" }, firstRun)).rejects.toMatchObject({ failureClass: "unavailable", code: "not-capturing" });
    expect(looked).toEqual([]);
  });

  it("is tried again where the journal cannot keep what it saw", async () => {
    const { kind } = setUp(() => Promise.reject(new StorageError("full", "journal/000001.ndjson: the disk is full")));
    await expect(kind.run({ canvas: "a.canvas" }, firstRun)).rejects.toMatchObject({ failureClass: "unavailable", code: "storage-full" });
  });

  it("looks at the canvases of a folder one after the other, until it is cancelled", async () => {
    const cancel = createSignal();
    const { kind, looked, vault } = setUp(async (path) => {
      if (path === "x/b.canvas") cancel.abort();
      return unchanged;
    });
    for (const name of ["a", "b", "c"]) vault.canvas(`x/${name}.canvas`, "{}", 1);
    await kind.run({ folder: "x" }, { ...firstRun, signal: cancel.signal });
    expect(looked).toEqual(["x/a.canvas", "x/b.canvas"]);
  });

  it("fails for a folder that cannot be read", async () => {
    const { kind, vault } = setUp();
    vault.unreadable.set("x", "no permission");
    await expect(kind.run({ folder: "x" }, firstRun)).rejects.toMatchObject({ failureClass: "data", message: 'The folder "x" cannot be read: no permission.' });
  });

  it("gives one canvas one key, however it is spelled", () => {
    const { kind } = setUp();
    expect(kind.keyOf({ canvas: "./A.canvas" })).toBe(kind.keyOf({ canvas: "a.canvas" }));
  });
});
