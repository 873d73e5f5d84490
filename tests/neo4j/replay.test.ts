import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { neverAborted } from "../../src/engine/index";
import type { StoreBatch } from "../../src/engine/index";
import { journalBatches, shuffled } from "./batches";
import { openCypher } from "./cypher";
import { openStore } from "./openStore";
import { testServer } from "./testServer";
import { vaultHash, type VaultHash } from "./vaultSnapshot";
import { writeAll } from "./writers";

const server = await testServer();

describe.skipIf(server === null)("replay of a whole journal", () => {
  if (server === null) return;
  const cypher = openCypher(server);
  const shape = { canvases: 6, batchesPerCanvas: 6, eventsPerBatch: 50 };

  afterAll(() => cypher.close());

  /** Writes to a vault of its own and gives what the database then holds of it, told without the vault's id. */
  async function replayed(
    order: (batches: readonly StoreBatch[]) => readonly StoreBatch[],
    writers: number,
  ): Promise<VaultHash> {
    if (server === null) throw new Error("no server");
    const vault = randomUUID();
    const store = openStore(server, vault);
    expect(await store.connect(neverAborted)).toMatchObject({ kind: "connected" });
    await writeAll(store, order(journalBatches(vault, shape)), writers);
    await store.close();
    return vaultHash(cypher, vault);
  }

  test(
    "once, twice, shuffled and by 16 writers gives the same counts and the same hash of everything",
    { timeout: 300_000 },
    async () => {
      const once = await replayed((batches) => batches, 1);
      // 6 canvases of 100 nodes plus the end beyond the last one, 1,800 events, 3 notes, 2 concepts.
      expect(once.nodes).toBe(6 + 6 * 101 + 1_800 + 3 + 2);
      // HAS_NODE for each node, ON for each event, one edge for each of the 100 nodes.
      expect(once.relationships).toBe(6 * 101 + 1_800 + 6 * 100);
      expect(await replayed((batches) => [...batches, ...batches], 1)).toEqual(once);
      for (const seed of [1, 2, 3]) expect(await replayed((batches) => shuffled(batches, seed), 1)).toEqual(once);
      expect(await replayed((batches) => shuffled([...batches, ...batches], 4), 16)).toEqual(once);
    },
  );
});
