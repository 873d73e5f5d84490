import { describe, expect, it } from "vitest";
import { createSlots, type Slots } from "../../../src/engine/kernel/slots";
import { ManualClock } from "../../fakes/manualClock";

/** Work that stays until a test ends it. */
function blocker(slots: Slots): {
  readonly started: string[];
  start: (name: string) => Promise<string>;
  end: (name: string) => void;
} {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    started,
    start: (name) =>
      slots.run(async () => {
        started.push(name);
        await new Promise<void>((resolve) => ends.set(name, resolve));
        return name;
      }),
    end: (name) => ends.get(name)?.(),
  };
}

describe("createSlots", () => {
  const settle = (): Promise<void> => new ManualClock().flush();

  it("runs at most the limit at once, the others in order", async () => {
    const slots = createSlots(2);
    const work = blocker(slots);
    const runs = ["a", "b", "c", "d"].map(work.start);
    await settle();
    expect(work.started).toEqual(["a", "b"]);
    expect([slots.limit, slots.running, slots.waiting]).toEqual([2, 2, 2]);
    work.end("b");
    await settle();
    expect(work.started).toEqual(["a", "b", "c"]);
    for (const name of ["a", "c"]) work.end(name);
    await settle();
    work.end("d");
    await expect(Promise.all(runs)).resolves.toEqual(["a", "b", "c", "d"]);
    await settle();
    expect([slots.running, slots.waiting]).toEqual([0, 0]);
  });

  it("starts waiting work when the limit rises", async () => {
    const slots = createSlots(1);
    const work = blocker(slots);
    for (const name of ["a", "b", "c"]) void work.start(name);
    await settle();
    expect(work.started).toEqual(["a"]);
    slots.setLimit(3);
    await settle();
    expect(work.started).toEqual(["a", "b", "c"]);
  });

  it("lets running work end and starts nothing above a lower limit", async () => {
    const slots = createSlots(3);
    const work = blocker(slots);
    for (const name of ["a", "b", "c", "d"]) void work.start(name);
    await settle();
    slots.setLimit(1);
    work.end("a");
    work.end("b");
    await settle();
    expect(work.started).toEqual(["a", "b", "c"]);
    expect(slots.running).toBe(1);
    work.end("c");
    await settle();
    expect(work.started).toEqual(["a", "b", "c", "d"]);
  });

  it.each([
    ["a rejection", () => Promise.reject(new Error("broken"))],
    [
      "a throw",
      () => {
        throw new Error("broken");
      },
    ],
  ])("frees the slot after %s", async (_, fail: () => Promise<string>) => {
    const slots = createSlots(1);
    const failed = slots.run(fail);
    const next = slots.run(() => Promise.resolve("done"));
    await expect(failed).rejects.toThrow("broken");
    await expect(next).resolves.toBe("done");
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses %s as a limit", (limit) => {
    expect(() => createSlots(limit)).toThrow(`expected a whole limit of at least 1, got ${limit}`);
    const slots = createSlots(4);
    expect(() => slots.setLimit(limit)).toThrow(RangeError);
    expect(slots.limit).toBe(4);
  });
});
