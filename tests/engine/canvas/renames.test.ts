import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchRenames, matchRespellings, type CanvasFingerprint } from "../../../src/engine/canvas/renames";

function canvas(path: string, ids = "", hash = `hash of ${path}`): CanvasFingerprint {
  return { path, nodeIds: new Set(ids), hash };
}

describe("matchRenames", () => {
  it.each([
    ["all ids in common", "abcd", "abcd", true],
    ["half of the larger set", "ab", "abcd", true],
    ["half, when the old one is larger", "abcd", "ab", true],
    ["less than half of the larger set", "ab", "abcde", false],
    ["one common id of one", "a", "a", true],
    ["one common id of two", "ab", "ac", true],
    ["one common id of three", "abc", "ade", false],
    ["no common id", "ab", "cd", false],
    ["nodes on one side only", "ab", "", false],
  ])("with %s", (_, before, after, renamed) => {
    const expected = renamed ? [{ from: "a.canvas", to: "b.canvas" }] : [];
    expect(matchRenames([canvas("a.canvas", before)], [canvas("b.canvas", after)])).toEqual(expected);
  });

  it("gives the most common ids first, whatever the names", () => {
    const vanished = [canvas("x/one.canvas", "abcdef"), canvas("x/two.canvas", "abcd")];
    const appeared = [canvas("y/two.canvas", "abcdef"), canvas("y/one.canvas", "abcd")];
    expect(matchRenames(vanished, appeared)).toEqual([
      { from: "x/one.canvas", to: "y/two.canvas" },
      { from: "x/two.canvas", to: "y/one.canvas" },
    ]);
  });

  it("gives the same file name first among equals, then the order of paths", () => {
    const vanished = [canvas("old/b.canvas", "ab"), canvas("old/a.canvas", "ab"), canvas("old/c.canvas", "ab")];
    const appeared = [canvas("new/c.canvas", "ab"), canvas("new/z.canvas", "ab"), canvas("new/y.canvas", "ab")];
    expect(matchRenames(vanished, appeared)).toEqual([
      { from: "old/c.canvas", to: "new/c.canvas" },
      { from: "old/a.canvas", to: "new/y.canvas" },
      { from: "old/b.canvas", to: "new/z.canvas" },
    ]);
  });

  it("matches canvases without nodes by their bytes, when nothing else could be meant", () => {
    const empty = (path: string): CanvasFingerprint => canvas(path, "", "same");
    expect(matchRenames([empty("a.canvas")], [empty("b.canvas"), canvas("c.canvas", "", "other")])).toEqual([
      { from: "a.canvas", to: "b.canvas" },
    ]);
    expect(matchRenames([empty("a.canvas"), empty("b.canvas")], [empty("c.canvas")])).toEqual([]);
    expect(matchRenames([empty("a.canvas")], [empty("b.canvas"), empty("a2.canvas")])).toEqual([]);
    expect(matchRenames([canvas("a.canvas", "x", "same")], [canvas("b.canvas", "", "same")])).toEqual([]);
  });

  it("uses each path once and does not depend on the order of what it is given", () => {
    const side = (folder: string): fc.Arbitrary<CanvasFingerprint[]> =>
      fc.uniqueArray(
        fc
          .tuple(fc.constantFrom("a", "b", "c", "d"), fc.subarray([..."abcdef"]), fc.constantFrom("h1", "h2"))
          .map(([name, ids, hash]) => canvas(`${folder}/${name}.canvas`, ids.join(""), hash)),
        { selector: (one) => one.path },
      );
    fc.assert(
      fc.property(side("old"), side("new"), (vanished, appeared) => {
        const renames = matchRenames(vanished, appeared);
        expect(new Set(renames.map((rename) => rename.from)).size).toBe(renames.length);
        expect(new Set(renames.map((rename) => rename.to)).size).toBe(renames.length);
        expect(matchRenames([...vanished].reverse(), [...appeared].reverse())).toEqual(renames);
      }),
    );
  });

  it("compares 1,000 with 1,000", () => {
    const side = (folder: string): CanvasFingerprint[] =>
      Array.from({ length: 1000 }, (_, index) => ({
        path: `${folder}/${index}.canvas`,
        nodeIds: new Set(Array.from({ length: 50 }, (__, node) => `${index}-${node}`)),
        hash: String(index),
      }));
    const renames = matchRenames(side("old"), side("new"));
    expect(renames).toHaveLength(1000);
    expect(renames.every(({ from, to }) => from.slice(4) === to.slice(4))).toBe(true);
  });
});

describe("matchRespellings", () => {
  it("pairs paths that differ only in case or in the spelling of accents", () => {
    expect(
      matchRespellings(
        ["A/Note.canvas", "e\u0301.canvas", "gone.canvas"],
        ["a/note.canvas", "\u00e9.canvas", "new.canvas"],
      ),
    ).toEqual([
      { from: "A/Note.canvas", to: "a/note.canvas" },
      { from: "e\u0301.canvas", to: "\u00e9.canvas" },
    ]);
  });

  it("does not guess where several paths could be meant", () => {
    expect(matchRespellings(["A.canvas", "a.canvas"], ["Ａ.canvas", "á.canvas"])).toEqual([]);
    expect(matchRespellings(["FOO.canvas", "Foo.canvas"], ["foo.canvas"])).toEqual([]);
    expect(matchRespellings(["FOO.canvas"], ["foo.canvas", "Foo.canvas"])).toEqual([]);
  });
});
