import { expect, it } from "vitest";
import { readEvent } from "../../../../src/engine/learning/readEvent";
import { defaultBatchSettings } from "../../../../src/engine/batch/policy/settings";
import { deliveryTo } from "../../../../src/engine/flow/deliver/delivery";
import { silentLogger } from "../../../../src/engine/index";
import { openAcknowledgements } from "../../../../src/engine/journal/acknowledgements";
import { openDeadLetters } from "../../../../src/engine/journal/deadLetters";
import { createSlots } from "../../../../src/engine/kernel/slots";
import { batchOf, eventRow } from "../../../contracts/graphRows";
import { ManualClock } from "../../../fakes/manualClock";
import { MemoryDataFolder } from "../../../fakes/memoryDataFolder";
import { MemoryGraphStore } from "../../../fakes/memoryGraphStore";
import { seededRandom } from "../../../fakes/seededRandom";
import { testHasher } from "../../../fakes/testHasher";
import { opened, own, unplaced } from "../../journal/journalSetting";

const vault = "v";

it("two stores of one process share the number of batches that may be under way, also after a change", async () => {
  const clock = new ManualClock();
  const folder = new MemoryDataFolder();
  const { journal } = await opened(folder);
  await journal.append(Array.from({ length: 400 }, (_, index) => unplaced(index, { canvas: { id: `c${index}`, path: "a.canvas" } })));
  const common = { folder, device: own, hasher: testHasher, writes: true };
  const slots = createSlots(3);
  const parts = {
    acks: await openAcknowledgements({ ...common, onFailure: () => undefined }),
    dead: await openDeadLetters({ ...common, readEvent }),
    journal,
    hasher: testHasher,
    vault,
    clock,
    random: seededRandom(1),
    logger: silentLogger,
    slots,
    graph: {
      rowsFor: (events: readonly { readonly id: string }[]) =>
        Promise.resolve(batchOf(vault, { events: events.map(({ id }) => eventRow(vault, id, "c#n")) })),
    },
    graphIdle: () => Promise.resolve(),
    trouble: { begin: () => undefined, end: () => undefined },
    record: () => undefined,
    backlog: () => undefined,
  };
  const settings = { ...defaultBatchSettings, batchSize: 5, concurrency: 10 };
  const stores = ["memory:///one", "memory:///two"].map((address) => new MemoryGraphStore({ vault, clock, address }));
  for (const store of stores) {
    store.latencyMs = 100;
    deliveryTo(store, settings, parts).dispatcher.start();
  }
  const peakOver = async (steps: number): Promise<number> => {
    let peak = 0;
    for (let step = 0; step < steps; step += 1) {
      await clock.advance(50);
      peak = Math.max(peak, stores.reduce((sum, store) => sum + store.running, 0));
    }
    return peak;
  };
  expect(await peakOver(20)).toBe(3);
  slots.setLimit(6);
  expect(await peakOver(20)).toBe(6);
  await clock.advance(60_000);
  for (const store of stores) expect(store.database.snapshot(vault).events).toHaveLength(400);
});
