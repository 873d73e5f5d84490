import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createSignal, emptyBatch, neverAborted } from "../../src/engine/index";
import type { Neo4jGraphStore } from "../../src/adapters/neo4j/neo4jGraphStore";
import { journalBatches } from "./batches";
import { openCypher } from "./cypher";
import { startLatencyProxy, type LatencyProxy } from "./latencyProxy";
import { openStore } from "./openStore";
import { testServer, type TestServer } from "./testServer";
import { writeAll } from "./writers";

const server = await testServer();

describe.skipIf(server === null)("a store behind a link", { timeout: 120_000 }, () => {
  if (server === null) return;
  const cypher = openCypher(server);
  let proxy: LatencyProxy;
  let behind: TestServer;
  let vault: string;
  let store: Neo4jGraphStore | undefined;

  beforeAll(async () => {
    // The constraints and the plan are there before anything is counted.
    const first = openStore(server, randomUUID());
    expect(await first.connect(neverAborted)).toMatchObject({ kind: "connected" });
    await first.close();
  });

  beforeEach(async () => {
    proxy = await startLatencyProxy(Number(new URL(server.uri).port));
    behind = { ...server, uri: `bolt://127.0.0.1:${proxy.port}` };
    vault = randomUUID();
  });

  afterEach(async () => {
    await store?.close();
    await proxy.close();
  });

  afterAll(() => cypher.close());

  async function connected(changes: Parameters<typeof openStore>[2] = {}): Promise<Neo4jGraphStore> {
    store = openStore(behind, vault, changes);
    expect(await store.connect(neverAborted)).toMatchObject({ kind: "connected" });
    return store;
  }

  test("writes a batch in one round trip on an open connection", async () => {
    const [first, second] = journalBatches(vault, { canvases: 2, batchesPerCanvas: 1, eventsPerBatch: 50 });
    const warm = await connected();
    // The empty one is the canary: the statement, and a small change to see whether the server can keep any.
    for (const [batch, flights] of [[first, 1], [second, 1], [emptyBatch(vault), 2]] as const) {
      const before = proxy.flights;
      expect(await warm.write(batch ?? emptyBatch(vault), neverAborted)).toEqual({ kind: "stored" });
      expect(proxy.flights - before).toBe(flights);
    }
  });

  test("measures the round trip of an open connection", async () => {
    proxy.setRoundTrip(100);
    store = openStore(behind, vault);
    const reached = await store.reach(neverAborted);
    if (reached.kind === "failed") throw new Error(reached.message);
    expect(reached.latencyMs).toBeGreaterThanOrEqual(100);
    expect(proxy.peak).toBe(1);
  });

  test("gives up on a half-open link after its own deadline and works again on new connections", async () => {
    const short = await connected({ deadlineMs: 3_000, limits: { connectMs: 60_000, acquireMs: 60_000 } });
    proxy.freeze();
    const [one, two] = await Promise.all([
      short.write(emptyBatch(vault), neverAborted),
      short.write(emptyBatch(vault), neverAborted),
    ]);
    expect([one, two]).toMatchObject([
      { class: "unavailable", code: "DEADLINE" },
      { class: "unavailable", code: "DEADLINE" },
    ]);
    proxy.cut();
    proxy.thaw();
    await vi.waitFor(
      async () => expect(await short.write(emptyBatch(vault), neverAborted)).toEqual({ kind: "stored" }),
      60_000,
    );
  });

  test("a broken link blames no row, and the next write works", async () => {
    const cut = await connected();
    proxy.freeze();
    const underWay = cut.write(emptyBatch(vault), neverAborted);
    await vi.waitFor(() => expect(proxy.open).toBeGreaterThan(0), 45_000);
    proxy.cut();
    proxy.thaw();
    expect(await underWay).toMatchObject({ class: "unavailable" });
    expect(await cut.write(emptyBatch(vault), neverAborted)).toEqual({ kind: "stored" });
  });

  test("stops waiting when asked to, and when it is closed", async () => {
    const stopped = await connected();
    proxy.freeze();
    const stop = createSignal();
    const [aborted, closed] = [
      stopped.write(emptyBatch(vault), stop.signal),
      stopped.write(emptyBatch(vault), neverAborted),
    ];
    stop.abort();
    expect(await aborted).toMatchObject({ class: "unavailable", code: "STOPPED" });
    await stopped.close();
    expect(await closed).toMatchObject({ class: "unavailable", code: "STOPPED" });
  });

  test("has connections for the batches under way and two more, also after a change", async () => {
    const batches = journalBatches(vault, { canvases: 30, batchesPerCanvas: 1, eventsPerBatch: 5 });
    const narrow = await connected({ concurrency: 1 });
    await writeAll(narrow, batches, 20);
    expect(proxy.peak).toBeLessThanOrEqual(3);

    narrow.setConcurrency(6);
    await writeAll(narrow, batches, 20);
    expect(proxy.peak).toBeGreaterThan(3);
    expect(proxy.peak).toBeLessThanOrEqual(3 + 8);
  });

  test("a change of the concurrency breaks no write that is under way", async () => {
    const changing = await connected({ concurrency: 4 });
    const batches = journalBatches(vault, { canvases: 20, batchesPerCanvas: 2, eventsPerBatch: 5 });
    const writing = writeAll(changing, batches, 4);
    for (const limit of [8, 2, 5]) {
      await changing.write(emptyBatch(vault), neverAborted);
      changing.setConcurrency(limit);
    }
    expect(await writing).toEqual([]);
    const counted = await cypher.run("MATCH (e:LearningEvent {vault: $vault}) RETURN count(e) AS events", { vault });
    expect(counted).toEqual([{ events: 20 * 2 * 5 }]);
  });
});
