import { expect, it } from "vitest";
import type { UndoResult } from "../../../src/engine/index";
import { createFormat } from "../../../src/panel/text/format";
import { undoneText, undoText } from "../../../src/panel/view/undoText";

it.each([
  [{ kind: "undone", path: "a.canvas", writes: 1, kept: [] }, "The canvas is as it was before the last change."],
  [{ kind: "undone", path: "a.canvas", writes: 1, kept: ["n"] }, "The last change is taken back, but for 1 thing that you changed since."],
  [{ kind: "undone", path: "a.canvas", writes: 1, kept: ["n", "m"] }, "The last change is taken back, but for 2 things that you changed since."],
  [{ kind: "unchanged", path: "a.canvas", kept: [] }, "Nothing of the last change is left to take back."],
  [{ kind: "nothing" }, "Canvas Engram has made no change to this canvas that it could take back."],
  [{ kind: "missing", path: "a.canvas" }, "Not restored: the canvas is gone."],
  [{ kind: "refused", code: "busy", reason: "it is busy" }, "Not restored: it is busy."],
  [{ kind: "unreadable", problem: { path: "a.canvas", line: 1, column: 1, reason: "it is no JSON" } }, "Not restored: it is no JSON."],
] as [UndoResult, string][])("says of %j: %s", (result, text) => expect(undoText(result, createFormat("en"))).toBe(text));

it.each([
  [{ canvases: 1, notes: 2, kept: [] }, "Undone: 1 canvas and 2 notes."],
  [{ canvases: 0, notes: 0, kept: [] }, "There was nothing to undo."],
  [{ canvases: 1, notes: 0, kept: ["a.md was changed since, and stays."] }, "Undone: 1 canvas and 0 notes.\na.md was changed since, and stays."],
])("says of the undoing of a task %j: %s", (undone, text) => expect(undoneText(undone, createFormat("en"))).toBe(text));
