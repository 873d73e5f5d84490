import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../src/engine/kernel/json";
import { isSubject, SubjectCollector, type TaskSubject } from "../../../src/engine/tasks/taskSubject";

function subjectOf(...items: readonly JsonValue[]): TaskSubject | null {
  const collector = new SubjectCollector();
  for (const item of items) collector.add(item);
  return collector.done();
}

describe("what a task is about", () => {
  it.each<[string, readonly JsonValue[], TaskSubject | null]>([
    ["nothing", [], null],
    ["a canvas", [{ canvas: "a.canvas" }], { canvas: "a.canvas", node: null }],
    ["a card", [{ canvas: "a.canvas", node: "n" }], { canvas: "a.canvas", node: "n" }],
    ["a list of one card", [{ canvas: "a.canvas", nodes: ["n"] }], { canvas: "a.canvas", node: "n" }],
    ["a list of cards", [{ canvas: "a.canvas", nodes: ["n", "m"] }], { canvas: "a.canvas", node: null }],
    ["the same card twice", [{ canvas: "a.canvas", node: "n" }, { canvas: "a.canvas", node: "n" }], { canvas: "a.canvas", node: "n" }],
    ["two cards of a canvas", [{ canvas: "a.canvas", node: "n" }, { canvas: "a.canvas", node: "m" }], { canvas: "a.canvas", node: null }],
    ["two cards and the first again", ["n", "m", "n"].map((node) => ({ canvas: "a.canvas", node })), { canvas: "a.canvas", node: null }],
    ["two canvases", [{ canvas: "a.canvas" }, { canvas: "b.canvas" }, { canvas: "a.canvas" }], null],
    ["a canvas and a folder", [{ canvas: "a.canvas" }, { folder: "b" }], null],
    ["items of another shape", [1, "a", null, ["canvas"]], null],
    ["names that are no text", [{ canvas: 1, node: {} }], null],
    ["a card without a name", [{ canvas: "a.canvas", node: 1 }], { canvas: "a.canvas", node: null }],
  ])("is found for %s", (_, items, expected) => {
    expect(subjectOf(...items)).toEqual(expected);
  });

  it("is known again in a file", () => {
    expect([{ canvas: "a.canvas", node: "n" }, { canvas: "a.canvas", node: null }].map(isSubject)).toEqual([true, true]);
    expect([null, {}, { canvas: 1, node: null }, { canvas: "a.canvas", node: 1 }, { canvas: "a.canvas" }].map(isSubject)).toEqual([false, false, false, false, false]);
  });
});
