import { describe, expect, it } from "vitest";
import { createEmitter } from "../../../src/engine/kernel/emitter";

describe("createEmitter", () => {
  it("tells every listener, in the order in which they came", () => {
    const emitter = createEmitter<number>(() => undefined);
    const heard: string[] = [];
    emitter.on((value) => heard.push(`first ${value}`));
    emitter.on((value) => heard.push(`second ${value}`));
    emitter.emit(7);
    expect(heard).toEqual(["first 7", "second 7"]);
  });

  it("reports a listener that throws and goes on with the others", () => {
    const reported: unknown[] = [];
    const emitter = createEmitter<number>((error) => reported.push(error));
    const heard: number[] = [];
    const broken = new Error("broken");
    emitter.on(() => {
      throw broken;
    });
    emitter.on((value) => heard.push(value));
    expect(() => emitter.emit(1)).not.toThrow();
    expect(heard).toEqual([1]);
    expect(reported).toEqual([broken]);
  });

  it("counts the same function given twice as two listeners, each with its own undo", () => {
    const emitter = createEmitter<number>(() => undefined);
    const heard: number[] = [];
    const listener = (value: number): void => void heard.push(value);
    const undo = emitter.on(listener);
    emitter.on(listener);
    undo();
    undo();
    emitter.emit(1);
    expect(heard).toEqual([1]);
  });

  it("does not tell a listener that an earlier one of the same emit took away", () => {
    const emitter = createEmitter<number>(() => undefined);
    const heard: string[] = [];
    const undo: { second?: () => void } = {};
    emitter.on(() => {
      heard.push("first");
      undo.second?.();
    });
    undo.second = emitter.on(() => heard.push("second"));
    emitter.emit(1);
    expect(heard).toEqual(["first"]);
  });

  it("tells a listener that comes during an emit only of the next one", () => {
    const emitter = createEmitter<number>(() => undefined);
    const heard: number[] = [];
    const undo = emitter.on(() => {
      undo();
      emitter.on((value) => heard.push(value));
    });
    emitter.emit(1);
    expect(heard).toEqual([]);
    emitter.emit(2);
    expect(heard).toEqual([2]);
  });
});
