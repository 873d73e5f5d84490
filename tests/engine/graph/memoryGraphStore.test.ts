import { describe, expect, it } from "vitest";
import { createSignal, neverAborted } from "../../../src/engine/kernel/signal";
import type { StoreFailure } from "../../../src/engine/graph/port";
import { defaultPrivacy } from "../../../src/engine/graph/privacyLevel";
import { emptyBatch } from "../../../src/engine/graph/rows";
import { batchOf, canvasRow } from "../../contracts/graphRows";
import { graphStoreContract, type GraphStoreHarness } from "../../contracts/graphStore";
import { storePrivacyContract } from "../../contracts/storePrivacy";
import { ManualClock } from "../../fakes/manualClock";
import { MemoryDatabase } from "../../fakes/memoryDatabase";
import { away, MemoryGraphStore } from "../../fakes/memoryGraphStore";

const setUp = (): Promise<GraphStoreHarness> => {
  const database = new MemoryDatabase();
  return Promise.resolve({
    open: (vault, privacy = defaultPrivacy) => Promise.resolve(new MemoryGraphStore({ vault, database, privacy })),
    snapshot: (vault) => Promise.resolve(database.snapshot(vault)),
    wipe: (vault) => Promise.resolve(void database.wipe(vault)),
    close: () => Promise.resolve(),
  });
};

graphStoreContract("in memory", setUp);
storePrivacyContract("in memory", setUp);

describe("faults of the in-memory store", () => {
  const batch = batchOf("v", { canvases: [canvasRow("v", "k")] });
  const busy: StoreFailure = { kind: "failed", class: "contention", code: "Deadlock", message: "Busy." };

  async function connected(): Promise<MemoryGraphStore> {
    const store = new MemoryGraphStore({ vault: "v" });
    await store.connect(neverAborted);
    return store;
  }

  it("answers with the scripted failures, then works", async () => {
    const store = await connected();
    store.faults.push(busy, { kind: "lost", failure: away });
    expect(await store.write(batch, neverAborted)).toEqual(busy);
    expect(store.database.snapshot("v").canvases).toEqual([]);
    expect(await store.write(batch, neverAborted)).toEqual(away);
    expect(store.database.snapshot("v").canvases).toEqual(batch.canvases);
    expect(await store.write(batch, neverAborted)).toEqual({ kind: "stored" });
  });

  it("lets a hanging write end by an abort or by closing", async () => {
    const store = await connected();
    store.faults.push({ kind: "hang" }, { kind: "hang" });
    const source = createSignal();
    const aborted = store.write(batch, source.signal);
    const closed = store.write(batch, neverAborted);
    expect(store.peak).toBe(2);
    source.abort();
    expect(await aborted).toEqual(away);
    await store.close();
    expect(await closed).toEqual(away);
    expect(store.running).toBe(0);
  });

  it("refuses what a test calls poison and takes the empty canary", async () => {
    const store = await connected();
    store.refuse = (sent) => (sent.canvases.length > 0 ? { ...busy, class: "data" } : null);
    expect(await store.write(batch, neverAborted)).toMatchObject({ class: "data" });
    expect(await store.write(emptyBatch("v"), neverAborted)).toEqual({ kind: "stored" });
  });

  it("takes its time and ends a hanging write at its deadline", async () => {
    const clock = new ManualClock();
    const store = new MemoryGraphStore({ vault: "v", clock, deadlineMs: 500 });
    await store.connect(neverAborted);
    store.latencyMs = 200;
    store.faults.push({ kind: "hang" });
    const answers: string[] = [];
    const watch = async (name: string): Promise<void> =>
      void answers.push(`${name} ${(await store.write(batch, neverAborted)).kind}`);
    const both = [watch("hanging"), watch("slow")];
    await clock.advance(199);
    expect(answers).toEqual([]);
    await clock.advance(1);
    expect(answers).toEqual(["slow stored"]);
    await clock.advance(300);
    expect(answers).toEqual(["slow stored", "hanging failed"]);
    await Promise.all(both);
    expect(clock.pending).toBe(0);
  });

  it("fails every call while it is down", async () => {
    const store = await connected();
    store.down = busy;
    expect([await store.connect(neverAborted), await store.write(batch, neverAborted)]).toEqual([busy, busy]);
    store.down = null;
    expect(await store.write(batch, neverAborted)).toEqual({ kind: "stored" });
    expect([store.connects, store.batches.length]).toEqual([2, 2]);
  });
});
