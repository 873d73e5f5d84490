import { describe, expect, it } from "vitest";
import { Checkpointer } from "../../../../src/engine/flow/project/checkpointer";
import { ManualClock } from "../../../fakes/manualClock";

/** A disk that refuses while `refuses` is set, and the news that a checkpointer tells. */
class Disk {
  readonly clock = new ManualClock();
  readonly news: string[] = [];
  refuses = false;
  writes = 0;
  size = 0;
  duration = 0;
  gate: Promise<void> = Promise.resolve();
  readonly checkpoints = new Checkpointer({
    clock: this.clock,
    write: async () => {
      this.writes += 1;
      await this.gate;
      const { duration } = this;
      if (duration > 0) await new Promise<void>((resolve) => this.clock.after(duration, resolve));
      if (this.refuses) throw new Error("refused");
    },
    size: () => this.size,
    onTrouble: () => this.news.push("trouble"),
    onWritten: () => this.news.push("written"),
  });
}

describe("checkpoints", () => {
  it("are written five seconds after the first change, and at once after very many", async () => {
    const disk = new Disk();
    disk.checkpoints.changed(1);
    await disk.clock.advance(4_999);
    disk.checkpoints.changed(1);
    expect(disk.writes).toBe(0);
    await disk.clock.advance(1);
    expect(disk.writes).toBe(1);
    disk.checkpoints.changed(5_000);
    await disk.clock.flush();
    expect(disk.writes).toBe(2);
    expect(disk.news).toEqual(["written", "written"]);
    expect(disk.clock.pending).toBe(0);
  });

  it("of a large canvas are written a few times, however many events make it", async () => {
    const disk = new Disk();
    for (let made = 0; made < 200_000; made += 100) {
      disk.size = made;
      disk.checkpoints.changed(100);
      await disk.clock.flush();
    }
    expect(disk.writes).toBeGreaterThan(2);
    expect(disk.writes).toBeLessThan(6);
  });

  it("wait for the one that is under way, and have what came meanwhile", async () => {
    const disk = new Disk();
    let open = (): void => undefined;
    disk.gate = new Promise((resolve) => (open = resolve));
    disk.checkpoints.changed(5_000);
    await disk.clock.flush();
    disk.checkpoints.changed(5_000);
    disk.checkpoints.changed(5_000);
    await disk.clock.advance(60_000);
    expect(disk.writes).toBe(1);
    disk.gate = Promise.resolve();
    open();
    await disk.clock.flush();
    expect(disk.writes).toBe(2);
    expect(disk.clock.pending).toBe(0);
  });

  it("take no more than a twentieth of the time where a large canvas is edited on and on", async () => {
    const disk = new Disk();
    disk.size = 1_000_000;
    disk.duration = 1_000;
    for (let second = 0; second < 600; second += 1) {
      disk.checkpoints.changed(1);
      await disk.clock.advance(1_000);
    }
    expect(disk.writes).toBeGreaterThan(20);
    expect(disk.writes).toBeLessThan(32);
  });

  it("that failed are tried again until one is written, less and less often", async () => {
    const disk = new Disk();
    disk.refuses = true;
    disk.checkpoints.changed(1);
    await disk.clock.advance(5_000);
    expect(disk.news).toEqual(["trouble"]);
    await disk.clock.advance(3_600_000);
    expect(disk.writes).toBeGreaterThan(100);
    expect(disk.writes).toBeLessThan(130);
    disk.refuses = false;
    await disk.clock.advance(30_000);
    expect(disk.news.at(-1)).toBe("written");
    expect(disk.clock.pending).toBe(0);
    const { writes } = disk;
    await disk.clock.advance(3_600_000);
    expect(disk.writes).toBe(writes);
  });

  it("that failed when somebody waited for them are tried again too", async () => {
    const disk = new Disk();
    disk.refuses = true;
    await disk.checkpoints.flush();
    disk.refuses = false;
    await disk.clock.advance(5_000);
    expect(disk.news).toEqual(["trouble", "written"]);
  });

  it("are planned no more after the end, also when one under way fails", async () => {
    const disk = new Disk();
    let open = (): void => undefined;
    disk.gate = new Promise((resolve) => (open = resolve));
    disk.refuses = true;
    const flushed = disk.checkpoints.flush();
    await disk.clock.flush();
    disk.checkpoints.end();
    open();
    await flushed;
    disk.checkpoints.changed(1);
    disk.checkpoints.changed(5_000);
    await disk.clock.advance(60_000);
    expect(disk.news).toEqual(["trouble"]);
    expect(disk.writes).toBe(1);
    expect(disk.clock.pending).toBe(0);
  });
});
