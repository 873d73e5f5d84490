import { describe, expect, it } from "vitest";
import { clockContract } from "../contracts/clock";
import { ManualClock } from "./manualClock";

clockContract("the manual clock", () => {
  const clock = new ManualClock();
  return { clock, advance: (ms) => clock.advance(ms) };
});

describe("the manual clock", () => {
  it("counts what is planned", async () => {
    const clock = new ManualClock();
    const cancel = clock.after(10, () => undefined);
    clock.after(20, () => undefined);
    expect(clock.pending).toBe(2);
    cancel();
    expect(clock.pending).toBe(1);
    await clock.advance(20);
    expect(clock.pending).toBe(0);
  });

  it("shows each call its own time", async () => {
    const clock = new ManualClock(1000);
    const seen: number[] = [];
    clock.after(5, () => seen.push(clock.now()));
    clock.after(7, () => seen.push(clock.now()));
    await clock.advance(100);
    expect([...seen, clock.now()]).toEqual([1005, 1007, 1100]);
  });

  it("lets the wall clock jump without touching timers", async () => {
    const clock = new ManualClock(1000);
    const seen: number[] = [];
    clock.after(10, () => seen.push(clock.monotonic()));
    clock.setWall(500);
    await clock.advance(10);
    expect(clock.now()).toBe(510);
    expect(seen).toEqual([10]);
  });

  it("passes on what a call throws", async () => {
    const clock = new ManualClock();
    clock.after(1, () => {
      throw new Error("broken call");
    });
    await expect(clock.advance(1)).rejects.toThrow("broken call");
  });
});
