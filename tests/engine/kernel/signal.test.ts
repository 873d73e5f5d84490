import { describe, expect, it } from "vitest";
import { createSignal, neverAborted } from "../../../src/engine/kernel/signal";

describe("createSignal", () => {
  it("is aborted when its listeners hear of it, once each however often it is aborted", () => {
    const source = createSignal();
    const heard: string[] = [];
    source.signal.onAbort(() => heard.push(`first ${source.signal.aborted}`));
    source.signal.onAbort(() => heard.push("second"));
    expect(source.signal.aborted).toBe(false);
    source.abort();
    source.abort();
    expect(heard).toEqual(["first true", "second"]);
  });

  it("runs a listener at once that comes after the abort", () => {
    const source = createSignal();
    source.abort();
    const heard: string[] = [];
    const undo = source.signal.onAbort(() => heard.push("late"));
    undo();
    expect(heard).toEqual(["late"]);
  });

  it("forgets a listener that was taken back, also during the abort", () => {
    const source = createSignal();
    const heard: string[] = [];
    const undo: { later?: () => void } = {};
    source.signal.onAbort(() => heard.push("taken back"))();
    source.signal.onAbort(() => undo.later?.());
    undo.later = source.signal.onAbort(() => heard.push("later"));
    source.abort();
    expect(heard).toEqual([]);
  });

  it("counts the same function given twice as two listeners", () => {
    const source = createSignal();
    let calls = 0;
    const listener = (): void => void (calls += 1);
    const undo = source.signal.onAbort(listener);
    source.signal.onAbort(listener);
    undo();
    source.abort();
    expect(calls).toBe(1);
  });

  it("tells every listener before it throws the first error", () => {
    const source = createSignal();
    const heard: string[] = [];
    source.signal.onAbort(() => {
      throw new Error("first");
    });
    source.signal.onAbort(() => {
      throw new Error("second");
    });
    source.signal.onAbort(() => heard.push("third"));
    expect(() => source.abort()).toThrow("first");
    expect(heard).toEqual(["third"]);
    expect(source.signal.aborted).toBe(true);
  });

  it("has a signal that never aborts", () => {
    const heard: string[] = [];
    neverAborted.onAbort(() => heard.push("never"))();
    expect([neverAborted.aborted, heard]).toEqual([false, []]);
  });
});
