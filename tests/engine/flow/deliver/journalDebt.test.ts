import { describe, expect, it } from "vitest";
import { readEvent } from "../../../../src/engine/learning/readEvent";
import { openAcknowledgements, type Acknowledgements } from "../../../../src/engine/journal/acknowledgements";
import { openDeadLetters, type DeadLetters } from "../../../../src/engine/journal/deadLetters";
import type { Journal, JournalReader } from "../../../../src/engine/journal/journal";
import { JournalDebt } from "../../../../src/engine/flow/deliver/journalDebt";
import { MemoryDataFolder } from "../../../fakes/memoryDataFolder";
import { testHasher } from "../../../fakes/testHasher";
import { collected, opened, own, unplacedUpTo } from "../../journal/journalSetting";

const target = "bolt://h:7687/study epoch";

interface Owed {
  readonly journal: Journal;
  readonly debt: JournalDebt;
  readonly acks: Acknowledgements;
  readonly dead: DeadLetters;
}

async function owed(count: number): Promise<Owed> {
  const folder = new MemoryDataFolder();
  const { journal } = await opened(folder);
  await journal.append(unplacedUpTo(count));
  const common = { folder, device: own, hasher: testHasher, writes: true };
  const acks = await openAcknowledgements({ ...common, onFailure: () => undefined });
  const dead = await openDeadLetters({ ...common, readEvent });
  return { journal, debt: new JournalDebt({ journal, acks, dead, target: () => target }), acks, dead };
}

describe("what the journals still owe a store", () => {
  it("leaves out what was acknowledged or refused since the reading began", async () => {
    const { acks, dead, debt, journal } = await owed(10);
    const first = await debt.read(null, 2);
    expect(first.events.map((event) => event.seq)).toEqual([1, 2]);
    acks.acknowledge(target, [3, 4, 7].map((seq) => ({ device: own, seq })));
    const [event] = await collected(journal.read({ device: own, from: 5, to: 5 }));
    if (event === undefined) throw new Error("no event");
    await dead.add([{ target, event, reason: "", class: "data", code: "", attempts: 1, firstAt: 1, lastAt: 2 }]);
    const second = await debt.read(first.cursor, 2);
    expect(second.events.map((one) => one.seq)).toEqual([6, 8]);
    const third = await debt.read(second.cursor, 10);
    expect(third.events.map((one) => one.seq)).toEqual([9, 10]);
    expect((await debt.read(third.cursor, 10)).events).toEqual([]);
  });

  it.each([4, 100])("goes on where it stands although an overtaken read of at most %i ends after it", async (limit) => {
    const { acks, dead, journal } = await owed(10);
    let walks = 0;
    const counting: JournalReader = {
      ...journal,
      readPlaces: (device, places) => {
        walks += 1;
        return journal.readPlaces(device, places);
      },
    };
    const debt = new JournalDebt({ journal: counting, acks, dead, target: () => target });
    const overtaken = debt.read(null, limit);
    const second = await debt.read(null, 2);
    await overtaken;
    const third = await debt.read(second.cursor, 2);
    expect([second, third].map(({ events }) => events.map((event) => event.seq))).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(walks).toBe(2);
  });
});
