import { beforeEach, describe, expect, it } from "vitest";
import { RangeSet } from "../../../../src/engine/journal/ranges";
import { readEvent } from "../../../../src/engine/learning/readEvent";
import type { LearningEvent } from "../../../../src/engine/learning/event";
import { openAcknowledgements } from "../../../../src/engine/journal/acknowledgements";
import { openDeadLetters } from "../../../../src/engine/journal/deadLetters";
import { StoreLedger, type StoreLedgerParts } from "../../../../src/engine/flow/deliver/storeLedger";
import { MemoryDataFolder } from "../../../fakes/memoryDataFolder";
import { testHasher } from "../../../fakes/testHasher";
import { opened, own, unplacedUpTo } from "../../journal/journalSetting";

const address = "bolt://h:7687/study";
const connected = { kind: "connected", address, epoch: "one", server: "Memory/1", latencyMs: 1 } as const;

let parts: StoreLedgerParts;
let events: readonly LearningEvent[];

beforeEach(async () => {
  const folder = new MemoryDataFolder();
  const { journal } = await opened(folder);
  events = await journal.append(unplacedUpTo(6));
  const common = { folder, device: own, hasher: testHasher, writes: true };
  const acks = await openAcknowledgements({ ...common, onFailure: () => undefined });
  parts = { journal, acks, dead: await openDeadLetters({ ...common, readEvent }) };
});

async function usedLedger(): Promise<StoreLedger> {
  const ledger = new StoreLedger(parts, address);
  ledger.recognise(connected);
  ledger.acknowledge(events.slice(0, 3));
  const [, , , bad] = events;
  if (bad === undefined) throw new Error("no event");
  const letter = { store: "neo4j", class: "data", code: "Bad", message: "Bad.", attempts: 2, firstAt: 1, lastAt: 2 } as const;
  await ledger.bury({ ...letter, event: bad });
  return ledger;
}

describe("what is known about one store", () => {
  it("says what became of events, and nothing of those that are pending", async () => {
    const ledger = await usedLedger();
    expect(ledger.counts).toEqual({ sent: 3, pending: 2, dead: 1 });
    expect([...ledger.outcomes(events).values()]).toEqual(["stored", "stored", "stored", "dead"]);
    expect(events.filter((event) => ledger.owes(event))).toEqual(events.slice(4));
  });

  it("is guessed by the address before the store said which database it is, and promises nothing by that", async () => {
    await usedLedger();
    const early = new StoreLedger(parts, address);
    expect(early.counts).toEqual({ sent: 3, pending: 2, dead: 1 });
    expect(early.outcomes(events).size).toBe(0);
    early.acknowledge(events);
    expect(early.counts).toMatchObject({ sent: 3 });
    expect(new StoreLedger(parts, "bolt://elsewhere:7687/study").counts).toEqual({ sent: 0, pending: 6, dead: 0 });
  });

  it("is another one's when the database was wiped", async () => {
    await usedLedger();
    const wiped = new StoreLedger(parts, address);
    wiped.recognise({ ...connected, epoch: "two" });
    expect(wiped.counts).toEqual({ sent: 0, pending: 6, dead: 0 });
    expect(wiped.ownEvents(parts.dead.list())).toEqual([]);
  });

  it("has everything pending again when it is told to forget, but what was refused", async () => {
    const ledger = await usedLedger();
    await ledger.forget();
    expect(ledger.counts).toEqual({ sent: 0, pending: 5, dead: 1 });
  });

  it("is what it should not be expected to have: all that is pending, then what it refused", async () => {
    const ledger = await usedLedger();
    const owed: LearningEvent[] = [];
    for await (const event of ledger.owed()) owed.push(event);
    expect(owed).toEqual([events[4], events[5], events[3]]);
    expect(await ledger.read(null, 10)).toMatchObject({ events: [events[4], events[5]] });
    const silent = new StoreLedger(parts, address);
    for await (const event of silent.owed()) throw new Error(`${event.id} is owed to nobody`);
    expect([ledger.isKnown, silent.isKnown]).toEqual([true, false]);
  });

  it("can be pending again place by place, and for no other store", async () => {
    const ledger = await usedLedger();
    const other = new StoreLedger(parts, "bolt://elsewhere:7687/study");
    other.recognise({ ...connected, address: "bolt://elsewhere:7687/study" });
    other.acknowledge(events);
    await ledger.forgetPlaces(new Map([[own, RangeSet.of([[2, 3]])]]));
    expect([ledger.pending, other.pending]).toEqual([4, 0]);
    expect(ledger.owes(events[1] ?? fail())).toBe(true);
    // What was refused stays refused, also on a place that is meant.
    await ledger.forgetPlaces(new Map([[own, RangeSet.of([[1, 6]])]]));
    expect(ledger.counts).toEqual({ sent: 0, pending: 5, dead: 1 });
  });
});

function fail(): never {
  throw new Error("no event");
}
