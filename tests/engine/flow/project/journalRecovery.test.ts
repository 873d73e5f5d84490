import { describe, expect, it } from "vitest";
import { JournalRecovery } from "../../../../src/engine/flow/project/journalRecovery";
import { ManualClock } from "../../../fakes/manualClock";
import { MemoryDataFolder } from "../../../fakes/memoryDataFolder";
import { opened, unplaced } from "../../journal/journalSetting";

describe("a journal that fails", () => {
  it("is well again by itself soon after the host can keep lines", async () => {
    const clock = new ManualClock();
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    const recovery = new JournalRecovery({ clock, journal });
    folder.refusing = "full";
    await expect(journal.append([unplaced(1)])).rejects.toMatchObject({ fault: "full" });
    await clock.advance(600_000);
    expect(journal.state).toMatchObject({ kind: "failing", fault: "full" });
    expect(folder.appended.length).toBeLessThan(30);
    folder.refusing = null;
    await clock.advance(30_000);
    expect(journal.state).toEqual({ kind: "ok" });
    expect(clock.pending).toBe(0);
    recovery.end();
  });

  it("is tried a second after it failed, also when it had been well in between", async () => {
    const clock = new ManualClock();
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    const recovery = new JournalRecovery({ clock, journal });
    for (let round = 1; round <= 3; round += 1) {
      folder.tearNext(0, "full");
      await expect(journal.append([unplaced(round)])).rejects.toThrow();
      await clock.advance(999);
      expect(journal.state.kind).toBe("failing");
      await clock.advance(1);
      expect(journal.state.kind).toBe("ok");
    }
    recovery.end();
  });

  it("before anybody listened is tried too", async () => {
    const clock = new ManualClock();
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    folder.tearNext(0, "full");
    await expect(journal.append([unplaced(1)])).rejects.toThrow();
    const recovery = new JournalRecovery({ clock, journal });
    await clock.advance(1_000);
    expect(journal.state).toEqual({ kind: "ok" });
    recovery.end();
  });

  it("is left alone after the end", async () => {
    const clock = new ManualClock();
    const folder = new MemoryDataFolder();
    const { journal } = await opened(folder);
    const recovery = new JournalRecovery({ clock, journal });
    folder.refusing = "full";
    await expect(journal.append([unplaced(1)])).rejects.toThrow();
    expect(clock.pending).toBe(1);
    recovery.end();
    await expect(journal.append([unplaced(2)])).rejects.toThrow();
    expect(clock.pending).toBe(0);
  });
});
