import { beforeEach, describe, expect, it } from "vitest";
import type { Clock } from "../../src/engine/index";

/** A clock under test, with the means to let time pass. */
export interface ClockUnderTest {
  readonly clock: Clock;
  /** Lets so many milliseconds pass, timers and promises included. */
  readonly advance: (ms: number) => Promise<void>;
}

/** What every clock must do. */
export function clockContract(name: string, make: () => ClockUnderTest): void {
  describe(`${name} as a clock`, () => {
    let clock: Clock;
    let advance: ClockUnderTest["advance"];
    let ran: string[];
    const note = (what: string) => (): void => void ran.push(what);

    beforeEach(() => {
      ({ clock, advance } = make());
      ran = [];
    });

    it("moves both times by what passes", async () => {
      const [wall, steady] = [clock.now(), clock.monotonic()];
      await advance(1500);
      expect(clock.now() - wall).toBe(1500);
      expect(clock.monotonic() - steady).toBe(1500);
    });

    it("runs a planned call once, when its time has come and not before", async () => {
      clock.after(100, note("call"));
      await advance(99);
      expect(ran).toEqual([]);
      await advance(1);
      expect(ran).toEqual(["call"]);
      await advance(1000);
      expect(ran).toEqual(["call"]);
    });

    it("never runs a call synchronously", async () => {
      clock.after(0, note("zero"));
      clock.after(-5, note("negative"));
      expect(ran).toEqual([]);
      await advance(1);
      expect(ran).toEqual(["zero", "negative"]);
    });

    it("runs calls in order of time, then of planning", async () => {
      clock.after(30, note("late"));
      clock.after(10, note("first"));
      clock.after(10, note("second"));
      await advance(50);
      expect(ran).toEqual(["first", "second", "late"]);
    });

    it("takes a call back", async () => {
      const cancel = clock.after(10, note("taken back"));
      clock.after(10, note("kept"));
      cancel();
      await advance(20);
      expect(ran).toEqual(["kept"]);
    });

    it("lets a call be taken back twice and after it ran", async () => {
      const cancel = clock.after(10, note("ran"));
      await advance(10);
      cancel();
      cancel();
      expect(ran).toEqual(["ran"]);
    });

    it("runs calls that calls plan, also after a promise", async () => {
      clock.after(10, () => {
        clock.after(10, note("planned by a call"));
        void Promise.resolve().then(() => clock.after(15, note("planned by a promise")));
      });
      await advance(25);
      expect(ran).toEqual(["planned by a call", "planned by a promise"]);
    });

    it("waits for delays longer than a host timer can", async () => {
      const month = 31 * 24 * 3600 * 1000;
      clock.after(month, note("month"));
      await advance(month - 1);
      expect(ran).toEqual([]);
      await advance(1);
      expect(ran).toEqual(["month"]);
    });
  });
}
