import { describe, expect, it } from "vitest";
import {
  canvasKey,
  CanvasPathRefused,
  checkCanvasPath,
  requireCanvasPath,
} from "../../../src/engine/canvas/canvasPath";

describe("canvasKey", () => {
  it.each([
    ["a", "a.canvas"],
    ["./a.canvas", "a.canvas"],
    ["././folder//a", "folder/a.canvas"],
    ["/folder/a.canvas", "folder/a.canvas"],
    ["folder/a.canvas/", "folder/a.canvas"],
    ["e\u0301t\u00e9.canvas", "\u00e9te\u0301.canvas"],
    ["A.Canvas", "a.canvas"],
    ["E\u0301", "\u00e9"],
  ])("is the same for %j and %j", (one, other) => {
    expect(canvasKey(one)).toBe(canvasKey(other));
  });

  it.each([
    ["a", "b"],
    ["a/b", "ab"],
    ["a/b.canvas", "b.canvas"],
    ["a.canvas", "a.canvas.canvas"],
    ["v1.2", "v1.3"],
  ])("is another for %j and %j", (one, other) => {
    expect(canvasKey(one)).not.toBe(canvasKey(other));
  });

  it("respects case where it is asked to", () => {
    expect(canvasKey("A", "respect")).not.toBe(canvasKey("a", "respect"));
    expect(canvasKey("./A", "respect")).toBe(canvasKey("A.canvas", "respect"));
  });
});

describe("checkCanvasPath", () => {
  it.each([
    ["a.canvas", "a.canvas"],
    ["folder/sub folder/a.canvas", "folder/sub folder/a.canvas"],
    ["./folder//./a.canvas", "folder/a.canvas"],
    ["ünï/漢字 😀.canvas", "ünï/漢字 😀.canvas"],
    ["e\u0301.canvas", "e\u0301.canvas"],
    ["UPPER.CANVAS", "UPPER.CANVAS"],
    ["a..b/c..canvas", "a..b/c..canvas"],
  ])("lets %j pass", (path, clean) => {
    expect(checkCanvasPath(path)).toEqual({ kind: "ok", path: clean });
    expect(requireCanvasPath(path)).toBe(clean);
  });

  it.each([
    ["", "it is empty"],
    ["./", "it is empty"],
    ["../a.canvas", "it leads out of the vault"],
    ["folder/../../a.canvas", "it leads out of the vault"],
    ["folder/.. /a.canvas", "it leads out of the vault"],
    ["folder/.../a.canvas", "it leads out of the vault"],
    ["/a.canvas", "it is absolute"],
    ["//server/a.canvas", "it is absolute"],
    ["C:/a.canvas", "it begins with a drive letter"],
    ["c:a.canvas", "it begins with a drive letter"],
    ["folder\\a.canvas", "it holds a backslash"],
    ["..\\a.canvas", "it holds a backslash"],
    ["a\0.canvas", "it holds a control character"],
    ["a\n.canvas", "it holds a control character"],
    ["a.md", "it does not end with .canvas"],
    ["a", "it does not end with .canvas"],
    ["a.canvas/", "it does not end with .canvas"],
    ["a.canvas.bak", "it does not end with .canvas"],
    [".obsidian/a.canvas", "it lies in a hidden folder or has a hidden name"],
    ["folder/.trash/a.canvas", "it lies in a hidden folder or has a hidden name"],
    ["folder/.canvas", "it lies in a hidden folder or has a hidden name"],
  ])("refuses %j: %s", (path, reason) => {
    expect(checkCanvasPath(path)).toEqual({ kind: "refused", reason });
    expect(() => requireCanvasPath(path)).toThrow(CanvasPathRefused);
    expect(() => requireCanvasPath(path)).toThrow(`this path is refused: ${reason}`);
  });
});
