import { describe, expect, it } from "vitest";
import { calmGuard } from "../../../src/engine/canvas/deletionGuard";
import { planScan, type FileStamp, type ScanListing } from "../../../src/engine/canvas/scanPlan";

const stamp = (path: string, mtime = 1000, size = 10): FileStamp => ({ path, mtime, size });
const listing = (canvases: readonly FileStamp[], ...unreadable: readonly string[]): ScanListing => ({
  canvases,
  unreadable: unreadable.map((path) => ({ path, reason: "denied" })),
});
const five = ["a.canvas", "b.canvas", "c/d.canvas", "c/e.canvas", "f.canvas"].map((path) => stamp(path));

describe("planScan", () => {
  it("reads only what is new or has another time or size", () => {
    const known = [stamp("same.canvas", 1000.7), stamp("soon.canvas", 1000.2), stamp("touched.canvas"), stamp("grown.canvas")];
    const present = [
      stamp("same.canvas", 1000.7),
      stamp("soon.canvas", 1000.7),
      stamp("touched.canvas", 2000),
      stamp("new.canvas"),
      stamp("grown.canvas", 1000, 11),
    ];
    expect(planScan(known, listing(present))).toEqual({
      read: ["soon.canvas", "touched.canvas", "new.canvas", "grown.canvas"],
      appeared: ["new.canvas"],
      vanished: [],
      respelled: [],
      guarded: [],
      problems: [],
      guard: calmGuard,
    });
  });

  it("reads everything the first time", () => {
    const plan = planScan([], listing(five));
    expect([plan.read, plan.appeared]).toEqual([five.map(({ path }) => path), five.map(({ path }) => path)]);
  });

  it("tells what vanished", () => {
    const plan = planScan(five, listing(five.slice(1)));
    expect([plan.vanished, plan.guarded]).toEqual([["a.canvas"], []]);
  });

  it("takes a change of case for a rename, and reads the file only when it changed too", () => {
    const known = [stamp("Folder/Note.canvas"), stamp("Other.canvas")];
    const present = [stamp("folder/note.canvas"), stamp("OTHER.canvas", 2000)];
    expect(planScan(known, listing(present))).toMatchObject({
      read: ["OTHER.canvas"],
      appeared: [],
      vanished: [],
      respelled: [
        { from: "Folder/Note.canvas", to: "folder/note.canvas" },
        { from: "Other.canvas", to: "OTHER.canvas" },
      ],
    });
  });

  it("knows two files that differ only in case as two", () => {
    const known = [stamp("note.canvas"), stamp("Note.canvas")];
    expect(planScan(known, listing(known))).toMatchObject({ read: [], vanished: [], respelled: [] });
    expect(planScan(known, listing([stamp("note.canvas")]))).toMatchObject({
      vanished: ["Note.canvas"],
      respelled: [],
    });
  });

  it.each([
    ["a folder", ["c"], ["c/d.canvas", "c/e.canvas"]],
    ["a folder with a slash at its end", ["c/"], ["c/d.canvas", "c/e.canvas"]],
    ["a file", ["c/d.canvas"], ["c/d.canvas"]],
    ["a folder whose name begins alike", ["c/d"], []],
    ["the vault", [""], ["b.canvas", "c/d.canvas", "c/e.canvas", "f.canvas"]],
  ])("deletes nothing in %s that cannot be read", (_, unreadable, guarded) => {
    const plan = planScan(five, listing([stamp("a.canvas")], ...unreadable));
    expect(plan.guarded).toEqual(guarded);
    expect([...plan.vanished, ...plan.guarded].sort()).toEqual(["b.canvas", "c/d.canvas", "c/e.canvas", "f.canvas"]);
    expect(plan.problems).toEqual([
      {
        path: unreadable[0],
        line: null,
        column: null,
        reason: "cannot be read, nothing in it counts as deleted: denied",
      },
    ]);
  });
});

describe("the deletion guard", () => {
  const all = five.map(({ path }) => path);

  it("does not believe a first scan that finds nothing where five were known", () => {
    const plan = planScan(five, listing([]));
    expect(plan).toMatchObject({ vanished: [], guarded: all, guard: { emptyScans: 1 } });
    expect(plan.problems).toEqual([
      {
        path: "",
        line: null,
        column: null,
        reason:
          "none of the 5 known canvases was found; they count as deleted when the next scan does not find them " +
          "either, or when you confirm it",
      },
    ]);
  });

  it("believes it when it is seen twice", () => {
    const first = planScan(five, listing([]));
    const second = planScan(five, listing([]), { guard: first.guard });
    expect(second).toMatchObject({ vanished: all, guarded: [], problems: [], guard: calmGuard });
  });

  it("believes it when a person confirms it", () => {
    expect(planScan(five, listing([]), { confirmed: true })).toMatchObject({
      vanished: all,
      guarded: [],
      problems: [],
    });
  });

  it("starts anew when a scan in between found something", () => {
    const first = planScan(five, listing([]));
    const between = planScan(five, listing(five.slice(0, 1)), { guard: first.guard });
    expect(between).toMatchObject({ vanished: all.slice(1), guard: calmGuard });
    expect(planScan(five, listing([]), { guard: between.guard })).toMatchObject({ vanished: [], guarded: all });
  });

  it("believes it at once where fewer were known", () => {
    expect(planScan(five.slice(0, 4), listing([]))).toMatchObject({
      vanished: all.slice(0, 4),
      guarded: [],
      problems: [],
    });
  });

  it("does not take a scan that could not look for a second one", () => {
    const first = planScan(five, listing([]));
    const blind = planScan(five, listing([], ""), { guard: first.guard });
    expect(blind).toMatchObject({ vanished: [], guarded: all, guard: { emptyScans: 1 } });
    expect(planScan(five, listing([], ""), { guard: calmGuard })).toMatchObject({ vanished: [], guard: calmGuard });
  });
});
